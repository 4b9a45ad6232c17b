using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Native.IModels;

namespace ITwinOrleans.Backend.Elements;

/// <summary>Puts arrays of elements' and models' props together, letting other iModels' work in between.</summary>
internal static class EntityList
{
    /// <summary>Appends an array of elements; those that are not there are left out.</summary>
    /// <returns>How many there were.</returns>
    public static Task<int> AppendElementsAsync(
        IModelDb iModel, IReadOnlyList<string> ids, Utf8Buffer buffer, TimeSpan slice, CancellationToken cancellationToken) =>
        AppendAsync(
            iModel,
            ids,
            (native, id, text) => iModel.Entities.TryAppendElement(native, EntityReader.LoadById(id), text),
            buffer,
            slice,
            cancellationToken);

    /// <summary>Appends an array of what is there of the ids.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> AppendAsync(
        IModelDb iModel,
        IReadOnlyList<string> ids,
        Func<DgnDb, string, Utf8Buffer, bool> tryAppend,
        Utf8Buffer buffer,
        TimeSpan slice,
        CancellationToken cancellationToken)
    {
        int next = 0, found = 0;
        buffer.Write("["u8);
        await iModel.RunSlicedAsync(
            slice,
            native =>
            {
                if (next == ids.Count)
                    return false;
                int before = buffer.Length;
                if (found > 0)
                    buffer.Write(","u8);
                if (tryAppend(native, ids[next++], buffer))
                    found++;
                else
                    buffer.Truncate(before);
                return next < ids.Count;
            },
            cancellationToken).ConfigureAwait(false);
        buffer.Write("]"u8);
        return found;
    }
}
