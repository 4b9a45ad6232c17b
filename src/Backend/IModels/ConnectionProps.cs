using System.Text.Json;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Live.Feed;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.IModels;

/// <summary>What a frontend is told when it connects (iTwin.js <c>IModelConnectionProps</c>).</summary>
/// <param name="Json">The props, UTF-8 JSON.</param>
/// <param name="IModelId">The iModel's id, a GUID.</param>
/// <param name="ITwinId">The iTwin's id, a GUID.</param>
/// <param name="ChangesetId">The changeset that the file is at; empty for the first version and for snapshots.</param>
public sealed record ConnectionProps(ReadOnlyMemory<byte> Json, string IModelId, string ITwinId, string ChangesetId)
{
    // iTwin.js never shows extents of less than a metre along an axis (core-common IModel.projectExtents).
    private const double LeastExtent = 1;

    /// <summary>Reads them of an open file; on the engine thread.</summary>
    public static ConnectionProps Read(DgnDb native, string key)
    {
        using NativeResult stored = native.GetProps();
        using NativeResult changeset = native.Call("getCurrentChangeset");
        using JsonDocument props = JsonDocument.Parse(stored.Utf8);
        using JsonDocument changesetProps = JsonDocument.Parse(changeset.Utf8);
        string iModelId = native.IModelId, iTwinId = native.ITwinId;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
            Write(writer, props.RootElement, key, iTwinId, iModelId, changesetProps.RootElement, IsEditable(native) ? LiveTables.ReadEpoch(native) : null);
        string changesetId = changesetProps.RootElement.TryGetProperty("id"u8, out JsonElement id) ? id.GetString() ?? "" : "";
        return new ConnectionProps(buffer.WrittenSpan.ToArray(), iModelId, iTwinId, changesetId);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement props, string key, string iTwinId, string iModelId, JsonElement changeset, long? epoch)
    {
        writer.WriteStartObject();
        JsonElement rootSubject = props.GetProperty("rootSubject"u8);
        writer.WritePropertyName("name"u8);
        rootSubject.GetProperty("name"u8).WriteTo(writer);
        writer.WritePropertyName("rootSubject"u8);
        rootSubject.WriteTo(writer);
        writer.WritePropertyName("projectExtents"u8);
        WriteExtents(writer, props.GetProperty("projectExtents"u8));
        writer.WritePropertyName("globalOrigin"u8);
        if (props.TryGetProperty("globalOrigin"u8, out JsonElement origin))
            origin.WriteTo(writer);
        else
            writer.WriteRawValue("[0,0,0]"u8);
        if (props.TryGetProperty("ecefLocation"u8, out JsonElement ecef) && EcefLocation.IsValid(ecef))
        {
            writer.WritePropertyName("ecefLocation"u8);
            EcefLocation.Write(writer, ecef);
        }

        if (props.TryGetProperty("geographicCoordinateSystem"u8, out JsonElement system))
        {
            writer.WritePropertyName("geographicCoordinateSystem"u8);
            system.WriteTo(writer);
        }

        writer.WriteString("key"u8, key);
        writer.WriteString("iTwinId"u8, iTwinId);
        writer.WriteString("iModelId"u8, iModelId);
        writer.WritePropertyName("changeset"u8);
        changeset.WriteTo(writer);

        // Not of iTwin.js: an iModel of which whoever reads it may keep nothing, for it changes under the same ids.
        // And under which epoch it was last written, so that the next owner takes a later one, wherever the file comes from.
        if (epoch is { } last)
        {
            writer.WriteBoolean("editable"u8, true);
            writer.WriteNumber("epoch"u8, last);
        }

        writer.WriteEndObject();
    }

    // A briefcase (core-common BriefcaseIdValue: FirstValid to LastValid), or a standalone iModel that allows editing (core-backend StandaloneDb).
    private static bool IsEditable(DgnDb native) =>
        native.BriefcaseId is >= 2 and <= 16_777_205 || native.QueryLocalValue("StandaloneEdit") is not (null or "" or "false");

    private static void WriteExtents(Utf8JsonWriter writer, JsonElement extents)
    {
        double[] low = Point(extents.GetProperty("low"u8)), high = Point(extents.GetProperty("high"u8));
        for (int axis = 0; axis < 3; axis++)
        {
            double missing = (LeastExtent - (high[axis] - low[axis])) / 2;
            if (missing > 0)
                (low[axis], high[axis]) = (low[axis] - missing, high[axis] + missing);
        }

        writer.WriteStartObject();
        WritePoint(writer, "low", low);
        WritePoint(writer, "high", high);
        writer.WriteEndObject();
    }

    // iTwin.js takes points as arrays and as objects, and writes arrays.
    private static double[] Point(JsonElement point) => point.ValueKind == JsonValueKind.Array
        ? [.. point.EnumerateArray().Select(static value => value.GetDouble())]
        : [point.GetProperty("x"u8).GetDouble(), point.GetProperty("y"u8).GetDouble(), point.GetProperty("z"u8).GetDouble()];

    private static void WritePoint(Utf8JsonWriter writer, string name, double[] point)
    {
        writer.WriteStartArray(name);
        foreach (double value in point)
            writer.WriteNumberValue(value);
        writer.WriteEndArray();
    }
}
