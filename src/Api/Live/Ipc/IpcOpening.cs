using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Api.Live.Hub;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>iTwin.js's functions that open iModels. A file name means the iModel of that key, or of the name without its folder.</summary>
internal sealed class IpcOpening(LiveServices services, LiveConnection connection)
{
    // core-bentley OpenMode.Readonly.
    private const int Readonly = 1;

    /// <summary>Runs a function.</summary>
    public Task<JsonNode?> InvokeAsync(string method, IpcArguments arguments, CancellationToken cancellationToken) => method switch
    {
        "openBriefcase" => OpenBriefcaseAsync(arguments.Object(0), cancellationToken),
        "openStandalone" => OpenFileAsync(arguments.Text(0), arguments.OptionalNumber(1) != Readonly, cancellationToken),
        "openSnapshot" => OpenFileAsync(arguments.Text(0), false, cancellationToken),
        _ => OpenCheckpointAsync(arguments.Object(0), cancellationToken),
    };

    private Task<JsonNode?> OpenBriefcaseAsync(JsonElement props, CancellationToken cancellationToken)
    {
        string name = TextOf(props, "fileName") ?? throw new LiveRefusedException(LiveRefusals.InvalidTransaction, "openBriefcase needs a fileName.");
        bool isReadonly = props.TryGetProperty("readonly"u8, out JsonElement flag) && flag.ValueKind == JsonValueKind.True;
        return OpenFileAsync(name, !isReadonly, cancellationToken);
    }

    private async Task<JsonNode?> OpenCheckpointAsync(JsonElement props, CancellationToken cancellationToken)
    {
        JsonElement changeset = props.TryGetProperty("changeset"u8, out JsonElement found) ? found : default;
        string? id = changeset.ValueKind == JsonValueKind.Object ? TextOf(changeset, "id") : "";
        int? index = changeset.ValueKind == JsonValueKind.Object && changeset.TryGetProperty("index"u8, out JsonElement number) ? number.GetInt32() : null;
        LiveIModelRef? version = await services.IModels.FindVersionAsync(
            TextOf(props, "iTwinId") ?? "", TextOf(props, "iModelId") ?? "", id, index, cancellationToken).ConfigureAwait(false);
        return await PropsAsync(Readable(version), cancellationToken).ConfigureAwait(false);
    }

    private async Task<JsonNode?> OpenFileAsync(string name, bool forWriting, CancellationToken cancellationToken)
    {
        LiveIModelRef iModel = Readable(
            await services.IModels.FindAsync(name, null, null, cancellationToken).ConfigureAwait(false)
            ?? await services.IModels.FindAsync(name[(name.LastIndexOfAny(['/', '\\']) + 1)..], null, null, cancellationToken).ConfigureAwait(false));
        if (!forWriting)
            return await PropsAsync(iModel, cancellationToken).ConfigureAwait(false);

        (OpenedIModel opened, ReadOnlyMemory<byte> answer) = await connection.OpenAsync(iModel, null, cancellationToken).ConfigureAwait(false);
        if (!opened.IsWritable)
            throw new LiveRefusedException(LiveRefusals.NotWritable, ReasonOf(answer));
        JsonNode props = await PropsAsync(iModel, cancellationToken).ConfigureAwait(false);
        if (opened.Ipc is null)
        {
            var events = new IpcCursor(opened.Session.Relay, opened.Session.Client, opened.Session.Id, LiveStateReader.Read(answer.Span), services.Options);
            opened.Ipc = new IpcIModel(opened, events, (JsonObject)props["changeset"]!.DeepClone());
            opened.Session.SendEvents(events);
        }

        return props;
    }

    private LiveIModelRef Readable(LiveIModelRef? iModel) => iModel is not null && connection.MayRead(iModel)
        ? iModel
        : throw new LiveRefusedException(LiveRefusals.InvalidTransaction, "There is no such iModel.");

    private async Task<JsonNode> PropsAsync(LiveIModelRef iModel, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> json = await services.IModels.GetConnectionPropsAsync(iModel.Key, cancellationToken).ConfigureAwait(false);
        return JsonNode.Parse(json.Span) ?? throw new JsonException("There are no connection props.");
    }

    private static string ReasonOf(ReadOnlyMemory<byte> answer) =>
        JsonSerializer.Deserialize(answer.Span, LiveCallJson.Default.OpenAnswer)?.Reason ?? "You have no right to edit this iModel.";

    private static string? TextOf(JsonElement props, string name) =>
        props.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
