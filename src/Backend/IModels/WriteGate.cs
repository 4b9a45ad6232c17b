namespace ITwinOrleans.Backend.IModels;

/// <summary>
/// Keeps what uses an iModel's connection away from it while a write of several slices is under way: nobody sees half a transaction, and other
/// iModels go on. On the engine thread.
/// </summary>
internal sealed class WriteGate
{
    private TaskCompletionSource? _ended;

    /// <summary>Whether a write is under way.</summary>
    public bool IsWriting => _ended is not null;

    /// <summary>Waits until no write is under way.</summary>
    public async Task PassAsync()
    {
        while (_ended is { } write)
            await write.Task;
    }

    /// <summary>A write begins; there is none under way.</summary>
    public void Begin() => _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The write has ended.</summary>
    public void End()
    {
        TaskCompletionSource ended = _ended!;
        _ended = null;
        ended.SetResult();
    }
}
