using System.Text.Json;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Geometry;

/// <summary>Volumes, areas and lengths of elements, one by one (core-backend <c>getMassPropertiesPerCandidate</c>).</summary>
internal static class MassProperties
{
    // BentleyStatus.
    private const int Success = 0, Error = ErrorNames.GeneralError;

    /// <summary>The properties of each candidate: what its operations found, merged; the status is an error if none found anything.</summary>
    /// <param name="iModel">The iModel.</param>
    /// <param name="request">iTwin.js <c>MassPropertiesPerCandidateRequestProps</c>, JSON.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<RpcReply> ReadPerCandidateAsync(
        IModelDb iModel, ReadOnlyMemory<byte> request, BackendOptions options, CancellationToken cancellationToken)
    {
        string compressed = JsonSlices.Text(request, "candidates"u8) ?? throw RpcException.WrongType("The parameter candidates must be a string");
        List<string> candidates = CompressedId64Set.Decompress(compressed, options.MaxIds);
        List<string> operations = Operations(request);
        var buffer = new Utf8Buffer(256 * (candidates.Count + 1));
        try
        {
            using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
            {
                writer.WriteStartArray();
                foreach (string candidate in candidates)
                    Write(writer, candidate, await ReadAsync(iModel, candidate, operations, cancellationToken).ConfigureAwait(false));
                writer.WriteEndArray();
            }

            return RpcResult.Json(buffer);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static async Task<List<JsonElement>> ReadAsync(IModelDb iModel, string candidate, List<string> operations, CancellationToken cancellationToken)
    {
        var found = new List<JsonElement>();
        try
        {
            foreach (string operation in operations)
            {
                string request = $$"""{"operation":{{operation}},"candidates":["{{candidate}}"]}""";
                using NativeResult answer = await iModel.StartAsync(
                    native => native.Geometry.GetMassPropertiesAsync(request), cancellationToken).ConfigureAwait(false);
                JsonElement properties = JsonElement.Parse(answer.Utf8.Span);
                if (StatusOf(properties) != Error)
                    found.Add(properties);
            }
        }
        catch (NativeException)
        {
            return [];
        }

        return found;
    }

    // Like a JavaScript object that is spread again and again: a later value takes the place of an earlier one.
    private static void Write(Utf8JsonWriter writer, string candidate, List<JsonElement> found)
    {
        var merged = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty property in found.SelectMany(static properties => properties.EnumerateObject()))
            merged[property.Name] = property.Value;
        writer.WriteStartObject();
        writer.WriteNumber("status"u8, found.Count == 0 ? Error : merged.TryGetValue("status", out JsonElement status) ? status.GetInt32() : Success);
        writer.WriteString("candidate"u8, candidate);
        foreach ((string name, JsonElement value) in merged.Where(static property => property.Key is not ("status" or "candidate")))
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static List<string> Operations(ReadOnlyMemory<byte> request)
    {
        ReadOnlyMemory<byte> operations = JsonSlices.Property(request, "operations"u8);
        if (operations.IsEmpty || operations.Span[0] != (byte)'[')
            return [];
        return [.. JsonElement.Parse(operations.Span).EnumerateArray().Select(static operation => operation.GetRawText())];
    }

    private static int StatusOf(JsonElement properties) =>
        properties.TryGetProperty("status"u8, out JsonElement status) && status.TryGetInt32(out int number) ? number : Success;
}
