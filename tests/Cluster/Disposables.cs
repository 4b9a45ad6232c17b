namespace ITwinOrleans.Cluster.Tests;

/// <summary>Things that end together.</summary>
internal sealed class Disposables<T>(IEnumerable<T> items) : IAsyncDisposable
    where T : IAsyncDisposable
{
    /// <summary>The things.</summary>
    public IReadOnlyList<T> Items { get; } = [.. items];

    public async ValueTask DisposeAsync()
    {
        foreach (T item in Items)
            await item.DisposeAsync();
    }
}
