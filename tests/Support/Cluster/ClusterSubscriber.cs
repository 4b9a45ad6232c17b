using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace ITwinOrleans.Tests.Support;

/// <summary>Follows an iModel's feed over the hub; when it loses the connection it goes on, from the state that it has, at the next Api.</summary>
internal sealed class ClusterSubscriber : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly IReadOnlyList<Uri> _apis;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly List<(long Epoch, long Sequence, string Operation)> _commits = [];
    private readonly List<string> _faults = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private int _connections;

    /// <param name="apis">Where the Apis are; the first is asked first.</param>
    /// <param name="key">The iModel.</param>
    public ClusterSubscriber(IReadOnlyList<Uri> apis, string key) => (_apis, Key) = (apis, key);

    /// <summary>The iModel.</summary>
    public string Key { get; }

    /// <summary>Gaps, repetitions and reloads; empty when all is well.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_lock)
                return [.. _faults];
        }
    }

    /// <summary>The operations of the commits that came, in order.</summary>
    public IReadOnlyList<string> Operations
    {
        get
        {
            lock (_lock)
                return [.. _commits.Select(commit => commit.Operation)];
        }
    }

    /// <summary>How often it connected.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Connects and follows from the iModel's first commit on; completes when it is subscribed.</summary>
    public async Task StartAsync()
    {
        var subscribed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running = RunAsync(subscribed);
        await subscribed.Task.WaitAsync(ClusterHub.Limit);
    }

    /// <summary>Waits until the commit of a sequence has come.</summary>
    /// <exception cref="TimeoutException">It did not.</exception>
    public async Task WhenAtAsync(long sequence, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (true)
        {
            Task news;
            lock (_lock)
            {
                if (_commits.Count > 0 && _commits[^1].Sequence >= sequence)
                    return;
                news = _news.Task;
            }

            await news.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"The feed of {Key} did not come to commit {sequence} within {patience.TotalSeconds} s, only to {Operations.Count}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task RunAsync(TaskCompletionSource subscribed)
    {
        for (int attempt = 0; !_stopping.IsCancellationRequested; attempt++)
        {
            try
            {
                await FollowAsync(_apis[attempt % _apis.Count], subscribed);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The Api is gone or does not answer: the next one.
            }

            await Task.Delay(Pause, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(Uri api, TaskCompletionSource subscribed)
    {
        await using HubConnection connection = ClusterHub.Connection(api);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        connection.On<string, JsonElement>("commits", (_, commits) => Take(commits));
        connection.On<string, JsonElement>("reload", (_, notice) => Fault("reload: " + notice));
        await connection.StartAsync(_stopping.Token).WaitAsync(ClusterHub.Limit);
        await connection.OpenAsync(Key, "subscriber");
        await connection.CallAsync("Subscribe", Key, State());
        Interlocked.Increment(ref _connections);
        subscribed.TrySetResult();
        await closed.Task.WaitAsync(_stopping.Token);
    }

    private object State()
    {
        lock (_lock)
            return _commits.Count == 0 ? new { epoch = 0L, sequence = 0L } : new { epoch = _commits[^1].Epoch, sequence = _commits[^1].Sequence };
    }

    private void Take(JsonElement commits)
    {
        lock (_lock)
        {
            foreach (JsonElement commit in commits.EnumerateArray())
            {
                long sequence = commit.GetProperty("sequence").GetInt64(), expected = _commits.Count == 0 ? 1 : _commits[^1].Sequence + 1;
                if (sequence != expected)
                    _faults.Add($"commit {sequence} came instead of {expected}");
                _commits.Add((commit.GetProperty("epoch").GetInt64(), sequence, commit.GetProperty("operationId").GetString()!));
            }

            _news.TrySetResult();
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Fault(string fault)
    {
        lock (_lock)
            _faults.Add(fault);
    }
}
