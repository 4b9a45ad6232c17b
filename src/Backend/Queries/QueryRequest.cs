using System.Text.Json;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Queries;

/// <summary>A client's request to native code's query threads, kept within the backend's limits.</summary>
/// <remarks>
/// A request that keeps the limits by itself goes on as it came. Else it is written anew without what a client may not choose: priority, delay,
/// configuration, the primary connection, and larger quotas than are allowed.
/// </remarks>
internal readonly struct QueryRequest
{
    // core-common DbRequestKind.
    public const int BlobIO = 0, ECSql = 1;

    private QueryRequest(ReadOnlyMemory<byte> json, bool isCutAtLimit, long limit)
    {
        Json = json;
        IsCutAtLimit = isCutAtLimit;
        Limit = limit;
    }

    /// <summary>The request for native code.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>Whether the client asked for more rows than one answer may have.</summary>
    public bool IsCutAtLimit { get; }

    /// <summary>How many rows are asked for.</summary>
    public long Limit { get; }

    /// <summary>Makes a client's request safe.</summary>
    /// <param name="request">The request, JSON.</param>
    /// <param name="kind"><see cref="BlobIO"/> or <see cref="ECSql"/>.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="RpcException">The query is too long.</exception>
    public static QueryRequest Read(ReadOnlyMemory<byte> request, int kind, BackendOptions options)
    {
        JsonElement root = JsonElement.Parse(request.Span);
        if (root.TryGetProperty("query"u8, out JsonElement query) && query.ValueKind == JsonValueKind.String && query.GetString()!.Length > options.MaxQueryLength)
            throw RpcException.Numbered((int)Native.Errors.IModelStatus.BadArg, $"The query is longer than {options.MaxQueryLength} characters");

        // An answer without a limit ends at the memory limit anyway, and says so; a row count does it only for rows that are next to nothing.
        double? count = Count(root);
        bool isCut = kind == ECSql && (count is null or < 0 || count > options.MaxQueryRows);
        long limit = isCut ? options.MaxQueryRows : (long)(count ?? -1);
        return new QueryRequest(Write(root, kind, limit, options), isCut, limit);
    }

    private static byte[] Write(JsonElement root, int kind, long limit, BackendOptions options)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber("kind"u8, kind);
            foreach (JsonProperty property in root.EnumerateObject())
            {
                if (property.Name is "kind" or "priority" or "delay" or "config" or "usePrimaryConn" or "quota" or "limit")
                    continue;
                property.WriteTo(writer);
            }

            WriteQuota(writer, root, options);
            if (kind == ECSql)
                WriteLimit(writer, root, limit);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteLimit(Utf8JsonWriter writer, JsonElement root, long limit)
    {
        writer.WriteStartObject("limit"u8);
        writer.WriteNumber("count"u8, limit);
        if (root.TryGetProperty("limit"u8, out JsonElement given) && given.ValueKind == JsonValueKind.Object
            && given.TryGetProperty("offset"u8, out JsonElement offset) && offset.ValueKind == JsonValueKind.Number)
            writer.WriteNumber("offset"u8, (long)offset.GetDouble());
        writer.WriteEndObject();
    }

    // Seconds and bytes.
    private static void WriteQuota(Utf8JsonWriter writer, JsonElement root, BackendOptions options)
    {
        JsonElement quota = root.TryGetProperty("quota"u8, out JsonElement given) && given.ValueKind == JsonValueKind.Object ? given : default;
        writer.WriteStartObject("quota"u8);
        writer.WriteNumber("time"u8, Clamp(quota, "time", (long)options.MaxQueryTime.TotalSeconds));
        writer.WriteNumber("memory"u8, Clamp(quota, "memory", options.MaxQueryMemory));
        writer.WriteEndObject();
    }

    private static long Clamp(JsonElement quota, string name, long most) =>
        quota.ValueKind == JsonValueKind.Object && quota.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.GetDouble() is > 0 and var asked && asked < most
            ? (long)Math.Ceiling(asked)
            : most;

    private static double? Count(JsonElement root) =>
        root.TryGetProperty("limit"u8, out JsonElement limit) && limit.ValueKind == JsonValueKind.Object
            && limit.TryGetProperty("count"u8, out JsonElement count) && count.ValueKind == JsonValueKind.Number
            ? count.GetDouble()
            : null;
}
