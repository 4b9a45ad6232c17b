namespace ITwinOrleans.Grains.Files;

/// <summary>A copy of a shared file on this machine, which is not evicted before it is disposed. Read-only: others use it, too.</summary>
public sealed class CachedFile : IDisposable
{
    private Action? _release;

    internal CachedFile(string path, Action release) => (Path, _release) = (path, release);

    /// <summary>The copy's full path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
