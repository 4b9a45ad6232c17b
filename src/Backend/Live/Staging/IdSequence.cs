using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Live.Feed;
using ITwinOrleans.Native.IModels;

namespace ITwinOrleans.Backend.Live.Staging;

/// <summary>Takes ids out of one of the library's sequences in blocks, so that nobody else ever gets them. On the engine thread.</summary>
/// <param name="name">The sequence's local value.</param>
/// <param name="opened">The file as it was opened.</param>
internal sealed class IdSequence(string name, CommitStore opened)
{
    private const int BlockSize = 1024;

    private readonly ulong _first = ReadCurrent(opened, name);
    private ulong _next = 1, _last;

    /// <summary>Has at least so many ids at hand; if need be by a commit of its own, on a connection where nothing is unsaved.</summary>
    public void Ensure(DgnDb native, CommitStore store, int count)
    {
        if (count == 0 || _last + 1 - _next >= (ulong)count)
            return;
        int size = Math.Max(count, BlockSize);
        store.Run("UPDATE be_Local SET Val=Val+?1 WHERE Name=?2", statement =>
        {
            statement.BindInteger(1, size);
            statement.BindString(2, name);
        });
        _last = ReadCurrent(store, name);
        _next = _last - (ulong)size + 1;
        native.Txns.SaveChanges();
    }

    /// <summary>The next id.</summary>
    public string Take() => Id64.FromNumber(_next++);

    /// <summary>Whether an id was given out before the file was opened.</summary>
    public bool IsOlder(string id) => Id64.ToNumber(id) <= _first;

    private static ulong ReadCurrent(CommitStore store, string name)
    {
        string? id = store.One("SELECT CAST(Val AS INTEGER) FROM be_Local WHERE Name=?", statement => statement.BindString(1, name), static row => row.GetId(0));
        return id is null ? throw new LiveRefusedException(LiveRefusals.NotWritable, "The iModel's file has no sequence of ids") : Id64.ToNumber(id);
    }
}
