using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Live.Feed;

namespace ITwinOrleans.Api.Live.Relay;

/// <summary>
/// One iModel's feed and presence in this process: one reading of the owner at a time, however many clients. Clients read from its window, each at
/// its own pace.
/// </summary>
internal sealed partial class IModelRelay(string key, string relayId, ILiveIModels iModels, LiveHubOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const long WithoutPresence = -1;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25), LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, RelaySession> _sessions = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _started = NewSignal();
    private readonly MessageCache _messages = new(key);
    private TaskCompletionSource _changed = NewSignal();
    private Task? _reading;
    private LiveState? _known;
    private string _owner = "";
    private long _presence, _presenceRead;
    private TimeSpan _presencePause;

    /// <summary>The iModel's key.</summary>
    public string Key => key;

    /// <summary>This process, as the owner knows it.</summary>
    public string RelayId => relayId;

    /// <summary>The newest commits.</summary>
    public FeedWindow Window { get; } = new(options.WindowCommits, options.WindowBytes);

    /// <summary>What else the clients are told.</summary>
    public NoticeLog Notices { get; } = new();

    /// <summary>Completes when <see cref="Window"/> is at the owner's state for the first time.</summary>
    public Task Started => _started.Task;

    /// <summary>Completes with the next news. Take it before you look.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    /// <summary>Whether no session is left.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _sessions.Count == 0;
        }
    }

    /// <summary>Adds a session; the first one starts the reading.</summary>
    public void Add(RelaySession session)
    {
        lock (_lock)
        {
            _sessions[session.Id] = session;
            _reading ??= Detached.Run(() => RunAsync(_ending.Token));
        }
    }

    /// <summary>Removes a session.</summary>
    public void Remove(RelaySession session)
    {
        lock (_lock)
            _sessions.Remove(session.Id);
    }

    /// <summary>Has all sessions look again.</summary>
    public void Pulse()
    {
        lock (_lock)
        {
            TaskCompletionSource changed = _changed;
            _changed = NewSignal();
            changed.SetResult();
        }
    }

    /// <summary>The message with these commits: the same one for all clients that are at the same place.</summary>
    public OutgoingMessage CommitsMessage(IReadOnlyList<LiveCommit> commits) => _messages.Get(commits);

    /// <summary>Reads what this window does not have (any more).</summary>
    public Task<LiveNews> ReadAsync(LiveState after, CancellationToken cancellationToken) =>
        iModels.ReadAsync(key, new LiveRead("", after, "", WithoutPresence, TimeSpan.Zero), cancellationToken);

    /// <summary>Reads everybody's presence.</summary>
    public async Task<OutgoingMessage> ReadPresenceAsync(CancellationToken cancellationToken)
    {
        LiveNews news = await iModels.ReadAsync(key, new LiveRead("", null, "", 0, TimeSpan.Zero), cancellationToken).ConfigureAwait(false);
        return OutgoingMessages.Presence(key, news.Presence);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        if (_reading is not null)
            await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        TimeSpan pause = TimeSpan.Zero;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                LiveNews news = await iModels.ReadAsync(key, NextRead(), cancellationToken).ConfigureAwait(false);
                await TakeAsync(news, cancellationToken).ConfigureAwait(false);
                pause = TimeSpan.Zero;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.NotRead(logger, key, exception);
                pause = pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(100) : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Where many people are, presence is asked for less often; commits never wait for that.
    private LiveRead NextRead()
    {
        TimeSpan left = _presencePause - time.GetElapsedTime(_presenceRead);
        return left > TimeSpan.Zero
            ? new LiveRead(relayId, _known, _owner, WithoutPresence, left < LongestWait ? left : LongestWait)
            : new LiveRead(relayId, _known, _owner, _presence, LongestWait);
    }

    private async Task TakeAsync(LiveNews news, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        if (news.Owner.Length > 0 && news.Owner != _owner)
        {
            bool moved = _owner.Length > 0;
            _owner = news.Owner;
            if (moved)
                await ReopenAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_known is null || news.Reload is not null)
        {
            _messages.Clear();
            Window.Restart(news.Head);
        }
        else
            Window.Append([.. news.Commits]);
        _known = news.Commits.Count > 0 && news.Reload is null ? news.Commits[^1].State : _known is null || news.Reload is not null ? news.Head : _known;
        if (!news.Presence.IsEmpty)
        {
            _presence = news.PresenceVersion;
            _presenceRead = began;
            lock (_lock)
                _presencePause = options.PresenceTimePerPerson * _sessions.Count;
            Notices.Add(OutgoingMessages.Presence(key, news.Presence));
        }

        _started.TrySetResult();
        Pulse();
        await PauseAsync(news, began, cancellationToken).ConfigureAwait(false);
    }

    // What comes in the meantime is read, and sent, together.
    private async Task PauseAsync(LiveNews news, long began, CancellationToken cancellationToken)
    {
        TimeSpan pause = news.Reload is not null ? TimeSpan.FromSeconds(1)
            : news.Commits.Count > 0 ? options.CoalescingTime
            : TimeSpan.Zero;
        TimeSpan left = pause - time.GetElapsedTime(began);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Another owner knows nothing of the sessions. Locks are gone with the one before.
    private async Task ReopenAsync(CancellationToken cancellationToken)
    {
        Log.Moved(logger, key);
        RelaySession[] sessions;
        lock (_lock)
            sessions = [.. _sessions.Values];
        foreach (RelaySession session in sessions)
            await iModels.CallAsync(key, session.OpenCall, cancellationToken).ConfigureAwait(false);
        Notices.Add(OutgoingMessages.Moved(key));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The owner of {Key} moved")]
        public static partial void Moved(ILogger logger, string key);

        [LoggerMessage(2, LogLevel.Warning, "The feed of {Key} could not be read and is asked for again")]
        public static partial void NotRead(ILogger logger, string key, Exception exception);
    }
}
