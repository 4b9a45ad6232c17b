using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>What a user may undo and redo, worked out from the user's part of the history.</summary>
internal sealed class UndoList
{
    private readonly List<LiveCommitHeader> _undo = [];
    private readonly List<LiveCommitHeader> _redo = [];

    private UndoList()
    {
    }

    /// <summary>The operations to undo, the next one last.</summary>
    public IReadOnlyList<LiveCommitHeader> Undo => _undo;

    /// <summary>The next operation to redo, or null.</summary>
    public LiveCommitHeader? Redo => _redo.Count > 0 ? _redo[^1] : null;

    /// <summary>Works it out.</summary>
    /// <param name="newestFirst">The user's commits.</param>
    /// <param name="floor">Commits up to this one do not count.</param>
    public static UndoList Of(IEnumerable<LiveCommitHeader> newestFirst, long floor)
    {
        var list = new UndoList();
        foreach (LiveCommitHeader commit in newestFirst.Where(commit => commit.Sequence > floor).OrderBy(commit => commit.Sequence))
            list.Take(commit);
        return list;
    }

    private void Take(LiveCommitHeader commit)
    {
        switch (commit.Kind)
        {
            case LiveCommitKind.Edit:
                _undo.Add(commit);
                _redo.Clear();
                break;
            case LiveCommitKind.Undo:
                // What was done before the floor may be undone after it by other means.
                int undone = _undo.FindLastIndex(done => done.OperationId == commit.Undone);
                if (undone < 0)
                    break;
                _redo.Add(_undo[undone]);
                _undo.RemoveAt(undone);
                break;
            default:
                // Undos and redos name the edit that they go back to: it is what is done now.
                int redone = _redo.FindLastIndex(undone => undone.OperationId == commit.Undone);
                _undo.Add(redone >= 0 ? _redo[redone] : commit with { OperationId = commit.Undone! });
                if (redone >= 0)
                    _redo.RemoveAt(redone);
                break;
        }
    }
}
