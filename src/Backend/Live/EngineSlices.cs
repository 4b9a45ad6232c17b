namespace ITwinOrleans.Backend.Live;

/// <summary>Cuts a long write into slices: other iModels' work takes its turn on the engine thread between them.</summary>
/// <param name="slice">How long a slice is.</param>
/// <param name="closed">Cancelled when the iModel is closed.</param>
internal sealed class EngineSlices(TimeSpan slice, CancellationToken closed)
{
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private long _sliceBegan = TimeProvider.System.GetTimestamp();

    /// <summary>How long the write takes so far, with other iModels' turns.</summary>
    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_began);

    /// <summary>Ends the slice if it is long enough.</summary>
    /// <exception cref="OperationCanceledException">The iModel is being closed.</exception>
    public ValueTask NextAsync() => TimeProvider.System.GetElapsedTime(_sliceBegan) < slice ? ValueTask.CompletedTask : YieldAsync();

    private async ValueTask YieldAsync()
    {
        await Task.Yield();
        closed.ThrowIfCancellationRequested();
        _sliceBegan = TimeProvider.System.GetTimestamp();
    }
}
