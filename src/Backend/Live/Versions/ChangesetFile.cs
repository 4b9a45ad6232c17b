using System.Text.Json;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Live.Versions;

/// <summary>The changeset that the library is making of an iModel's pending transactions (iTwin.js <c>ChangesetFileProps</c>).</summary>
/// <param name="Id">Its id: a hash of its parent's id and of its content.</param>
/// <param name="ParentId">The changeset before; empty for the first.</param>
/// <param name="Path">Its file, a temporary one.</param>
/// <param name="ChangesType">iTwin.js <c>ChangesetType</c>.</param>
internal sealed record ChangesetFile(string Id, string ParentId, string Path, int ChangesType)
{
    /// <summary>Begins to make it; the caller completes or abandons it.</summary>
    public static ChangesetFile Start(DgnDb native)
    {
        using NativeResult json = native.Changesets.StartCreate();
        using JsonDocument document = JsonDocument.Parse(json.Utf8);
        JsonElement props = document.RootElement;
        return new ChangesetFile(
            props.GetProperty("id"u8).GetString()!, props.GetProperty("parentId"u8).GetString()!, props.GetProperty("pathname"u8).GetString()!, props.GetProperty("changesType"u8).GetInt32());
    }

    /// <summary>The changeset that an iModel is at.</summary>
    public static (string Id, int Index) ReadCurrent(DgnDb native)
    {
        using NativeResult json = native.Changesets.GetCurrent();
        using JsonDocument document = JsonDocument.Parse(json.Utf8);
        return (document.RootElement.GetProperty("id"u8).GetString()!, document.RootElement.TryGetProperty("index"u8, out JsonElement index) ? index.GetInt32() : 0);
    }
}
