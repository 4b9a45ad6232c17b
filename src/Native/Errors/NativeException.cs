using System.Text.Json;

namespace ITwinOrleans.Native.Errors;

/// <summary>An error that the native library threw, or that using it wrongly causes. The base of all errors of this layer.</summary>
/// <remarks>
/// The native library throws JavaScript errors with <c>errorNumber</c> and <c>iTwinErrorId {scope, key}</c>; their scope decides the
/// type: <see cref="IModelException"/>, <see cref="DbException"/>, else <see cref="NativeErrorException"/>.
/// </remarks>
public class NativeException : Exception
{
    public NativeException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The error's name, as JavaScript's <c>Error.name</c>.</summary>
    public string Name { get; init; } = "Error";

    /// <summary>The <c>errorNumber</c>: an IModelStatus, DbResult or other status; 0 when the error has none.</summary>
    public int ErrorNumber { get; init; }

    /// <summary>The <c>iTwinErrorId</c>'s scope, for example <c>dgn-db</c>; empty when the error has none.</summary>
    public string Scope { get; init; } = "";

    /// <summary>The <c>iTwinErrorId</c>'s key, for example <c>NotFound</c>; empty when the error has none.</summary>
    public string Key { get; init; } = "";

    /// <summary>All that the error said, a UTF-8 JSON object (name, message, own properties); empty when it did not come from native code.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>The typed exception for an error's JSON.</summary>
    internal static NativeException FromJson(ReadOnlySpan<byte> utf8)
    {
        byte[] json = utf8.ToArray();
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement error = document.RootElement;
        string name = Text(error, "name"), message = Text(error, "message"), scope = "", key = "";
        int number = error.TryGetProperty("errorNumber", out JsonElement n) && n.ValueKind == JsonValueKind.Number ? (int)n.GetDouble() : 0;
        if (error.TryGetProperty("iTwinErrorId", out JsonElement id) && id.ValueKind == JsonValueKind.Object)
            (scope, key) = (Text(id, "scope"), Text(id, "key"));
        return scope switch
        {
            IModelException.ErrorScope => new IModelException(message) { Name = name, ErrorNumber = number, Scope = scope, Key = key, Json = json },
            DbException.ErrorScope => new DbException(message) { Name = name, ErrorNumber = number, Scope = scope, Key = key, Json = json },
            _ => new NativeErrorException(message) { Name = name, ErrorNumber = number, Scope = scope, Key = key, Json = json },
        };
    }

    private static string Text(JsonElement parent, string property) =>
        parent.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
