using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Api.Live.Relay;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>
/// The events that iTwin.js's backend sends for one transaction, in its order (core-backend <c>TxnManager</c>, measured). The undo of somebody else
/// comes as a plain commit: the frontend restarts its tool after an undo of its own.
/// </summary>
internal static class IpcEvents
{
    /// <summary>The events of a commit for one frontend.</summary>
    /// <param name="key">The iModel.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="session">The frontend's session.</param>
    /// <param name="isInScope">Whether it is in a graphical editing scope.</param>
    public static IEnumerable<OutgoingMessage> Of(string key, LiveCommit commit, string session, bool isInScope)
    {
        using JsonDocument document = JsonDocument.Parse(commit.Record);
        JsonElement record = document.RootElement;
        string? kind = record.GetProperty("kind"u8).GetString();
        bool isOwnUndo = kind != "edit" && record.GetProperty("session"u8).GetString() == session;
        var events = new List<OutgoingMessage>();
        void Add(string method, params ReadOnlySpan<JsonNode?> arguments) => events.Add(OutgoingMessages.Ipc(IpcChannels.Txns(key), Arguments(method, arguments)));

        OutgoingMessage? geometry = isInScope && Has(record, "geometry", out JsonElement changes)
            ? OutgoingMessages.Ipc(IpcChannels.EditingScope(key), Arguments("notifyGeometryChanged", JsonNode.Parse(changes.GetRawText())))
            : null;
        if (isOwnUndo)
        {
            Add("notifyBeforeUndoRedo", kind == "undo");
            AddEntities(record, Add);
            Add("notifyChangesApplied");
            if (geometry is not null)
                events.Add(geometry);
            AddGuids(record, Add);
            Add("notifyAfterUndoRedo", kind == "undo");
            return events;
        }

        Add("notifyCommit");
        if (geometry is not null)
            events.Add(geometry);
        AddGuids(record, Add);
        AddEntities(record, Add);
        Add("notifyCommitted", true, record.GetProperty("time"u8).GetDateTimeOffset().ToUnixTimeMilliseconds());
        return events;
    }

    private delegate void AddEvent(string method, params ReadOnlySpan<JsonNode?> arguments);

    private static void AddGuids(JsonElement record, AddEvent add)
    {
        if (Has(record, "geometryGuids", out JsonElement guids))
            add("notifyGeometryGuidsChanged", JsonNode.Parse(guids.GetRawText()));
    }

    private static void AddEntities(JsonElement record, AddEvent add)
    {
        foreach ((string property, string method) in (ReadOnlySpan<(string, string)>)[("elements", "notifyElementsChanged"), ("models", "notifyModelsChanged")])
        {
            if (!Has(record, property, out JsonElement entities))
                continue;
            foreach (JsonNode chunk in EntityChunks.Of(entities))
                add(method, chunk);
        }
    }

    private static bool Has(JsonElement record, string property, out JsonElement value) => record.TryGetProperty(property, out value) && value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => true,
        _ => false,
    };

    private static ReadOnlyMemory<byte> Arguments(string method, params ReadOnlySpan<JsonNode?> arguments)
    {
        var all = new JsonArray(method);
        foreach (JsonNode? argument in arguments)
            all.Add(argument);
        return Encoding.UTF8.GetBytes(all.ToJsonString());
    }
}
