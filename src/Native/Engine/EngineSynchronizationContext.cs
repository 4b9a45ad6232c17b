namespace ITwinOrleans.Native;

/// <summary>Brings what follows an <c>await</c> in a piece of work back to the engine thread.</summary>
internal sealed class EngineSynchronizationContext(EngineQueue queue) : SynchronizationContext
{
    /// <inheritdoc/>
    /// <remarks>Once the engine is stopped the rest runs on the pool: it may only find out that its objects are gone.</remarks>
    public override void Post(SendOrPostCallback callback, object? state)
    {
        if (!queue.TryAdd(() => callback(state)))
            ThreadPool.UnsafeQueueUserWorkItem(static work => work.callback(work.state), (callback, state), preferLocal: false);
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback callback, object? state) =>
        throw new NotSupportedException("Nothing waits for the engine thread by blocking; use RunAsync.");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;
}
