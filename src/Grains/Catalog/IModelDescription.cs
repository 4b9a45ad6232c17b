using System.Text.Json;

namespace ITwinOrleans.Grains.Catalog;

/// <summary>What a file says of itself.</summary>
/// <param name="Name">The iModel's name (its root subject).</param>
/// <param name="IModelId">The iModel's id, a GUID in lower case.</param>
/// <param name="ITwinId">The iTwin's id, a GUID in lower case.</param>
/// <param name="Changeset">The version that it holds.</param>
/// <param name="Extents">The project extents.</param>
public sealed record IModelDescription(string Name, string IModelId, string ITwinId, ChangesetRef Changeset, Extents? Extents)
{
    /// <summary>Whether it may be opened for writing: it is no fixed version, its content changes under the same ids.</summary>
    public bool IsEditable { get; init; }

    /// <summary>The epoch under which the file was last open for writing; 0 if it never was.</summary>
    public long Epoch { get; init; }

    /// <summary>Reads it from connection props (iTwin.js <c>IModelConnectionProps</c>), the answer of opening or describing a file.</summary>
    /// <exception cref="FormatException">The props lack what an iModel must have.</exception>
    public static IModelDescription Parse(ReadOnlyMemory<byte> connectionProps)
    {
        try
        {
            using var document = JsonDocument.Parse(connectionProps);
            var root = document.RootElement;
            var changeset = Property(root, "changeset") is { ValueKind: JsonValueKind.Object } c
                ? new ChangesetRef(Text(c, "id"), Property(c, "index") is { ValueKind: JsonValueKind.Number } index ? (int)index.GetDouble() : 0)
                : new ChangesetRef("", 0);
            var iModelId = Text(root, "iModelId").ToLowerInvariant();
            if (iModelId.Length == 0)
                throw new FormatException("The file has no iModel id.");
            return new IModelDescription(NameOf(root), iModelId, Text(root, "iTwinId").ToLowerInvariant(), changeset, ExtentsOf(root))
            {
                IsEditable = Property(root, "editable") is { ValueKind: JsonValueKind.True },
                Epoch = Property(root, "epoch") is { ValueKind: JsonValueKind.Number } epoch ? epoch.GetInt64() : 0,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException("The iModel's properties cannot be read.", exception);
        }
    }

    private static string NameOf(JsonElement root) =>
        Property(root, "rootSubject") is { ValueKind: JsonValueKind.Object } subject && Text(subject, "name") is { Length: > 0 } name
            ? name
            : Text(root, "name");

    private static Extents? ExtentsOf(JsonElement root) =>
        Property(root, "projectExtents") is { ValueKind: JsonValueKind.Object } extents && Point(extents, "low") is { } low && Point(extents, "high") is { } high
            ? new Extents(low, high)
            : null;

    // iTwin.js writes points as arrays or as objects, and takes both.
    private static double[]? Point(JsonElement parent, string name) => Property(parent, name) switch
    {
        { ValueKind: JsonValueKind.Array } array when array.GetArrayLength() == 3 => [.. array.EnumerateArray().Select(v => v.GetDouble())],
        { ValueKind: JsonValueKind.Object } o => [Number(o, "x"), Number(o, "y"), Number(o, "z")],
        _ => null,
    };

    private static double Number(JsonElement parent, string name) => Property(parent, name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : 0;

    private static string Text(JsonElement parent, string name) => Property(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    private static JsonElement? Property(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value : null;
}
