using System.Collections.Concurrent;

namespace ITwinOrleans.Backend.Work;

/// <summary>
/// Long work that several requests may ask for: it runs once, and a request that would wait too long is told to come back and finds it
/// (core-backend <c>PromiseMemoizer</c>).
/// </summary>
/// <param name="pendingAfter">How long a request waits.</param>
/// <param name="keep">How long a finished result waits for the request that was told to come back.</param>
/// <param name="time">The clock.</param>
internal sealed class PendingWork<T>(TimeSpan pendingAfter, TimeSpan keep, TimeProvider time)
    where T : class
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>How many pieces of work run or wait to be fetched.</summary>
    public int Count => _entries.Count;

    /// <summary>The work's result; null when it is not there yet and the request shall come back.</summary>
    /// <param name="key">Names the work: equal keys are equal work.</param>
    /// <param name="start">Starts it, when it does not run yet.</param>
    /// <param name="cancellationToken">Ends the waiting, not the work.</param>
    public async Task<T?> GetAsync(string key, Func<Task<T>> start, CancellationToken cancellationToken)
    {
        var made = new Entry(start);
        Entry entry = _entries.GetOrAdd(key, made);
        Task<T> work = entry.Work.Value;
        if (ReferenceEquals(made, entry))
            _ = ForgetLaterAsync(key, entry);
        try
        {
            T result = await work.WaitAsync(pendingAfter, time, cancellationToken).ConfigureAwait(false);
            _entries.TryRemove(KeyValuePair.Create(key, entry));
            return result;
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            return null;
        }
        catch (Exception) when (work.IsFaulted)
        {
            _entries.TryRemove(KeyValuePair.Create(key, entry));
            throw;
        }
    }

    private async Task ForgetLaterAsync(string key, Entry entry)
    {
        await ((Task)entry.Work.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_entries.ContainsKey(key))
            return;
        await Task.Delay(keep, time).ConfigureAwait(false);
        _entries.TryRemove(KeyValuePair.Create(key, entry));
    }

    private sealed class Entry(Func<Task<T>> start)
    {
        public Lazy<Task<T>> Work { get; } = new(start);
    }
}
