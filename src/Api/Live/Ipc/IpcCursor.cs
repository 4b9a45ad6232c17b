using ITwinOrleans.Api.Live.Relay;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>An unmodified frontend's place in the feed: each commit becomes the events that iTwin.js's backend sends for it, in its order.</summary>
internal sealed class IpcCursor(IModelRelay relay, ClientWriter client, string session, LiveState state, LiveHubOptions options) : FeedCursor(relay, state, options)
{
    private readonly string _key = relay.Key;
    private readonly Lock _lock = new();
    private readonly List<(long Sequence, TaskCompletionSource Sent)> _waiting = [];
    private long _sent = state.Sequence;

    /// <summary>Whether the frontend is in a graphical editing scope, and wants to know of each element's geometry.</summary>
    public bool IsInScope { get; set; }

    /// <summary>Completes when the events of a commit have been written: they come before the response of the call that made it.</summary>
    public Task WhenSentAsync(long sequence, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_sent >= sequence)
                return Task.CompletedTask;
            var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((sequence, sent));
            return sent.Task.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task WriteAsync(IReadOnlyList<LiveCommit> commits, Func<IReadOnlyList<LiveCommit>, OutgoingMessage> message)
    {
        foreach (LiveCommit commit in commits)
        {
            foreach (OutgoingMessage oneEvent in IpcEvents.Of(_key, commit, session, IsInScope))
                await client.WriteAsync(oneEvent).ConfigureAwait(false);
            Advance(commit.State.Sequence);
        }
    }

    /// <inheritdoc/>
    /// <remarks>iTwin.js has no event that says "read everything anew": the connection is ended, and the frontend opens the iModel again.</remarks>
    protected override Task ReloadAsync(string reason, LiveState head)
    {
        Advance(long.MaxValue);
        client.Abort();
        return Task.CompletedTask;
    }

    private void Advance(long sequence)
    {
        lock (_lock)
        {
            _sent = sequence;
            foreach ((long _, TaskCompletionSource sent) in _waiting.Where(w => w.Sequence <= sequence))
                sent.TrySetResult();
            _waiting.RemoveAll(w => w.Sequence <= sequence);
        }
    }
}
