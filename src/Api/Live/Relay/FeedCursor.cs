using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Live.Feed;

namespace ITwinOrleans.Api.Live.Relay;

/// <summary>
/// One client's place in the feed. What the window has is sent in batches, which grow when the client is slow; what it does not have any more comes
/// from the owner; what nobody has makes the client reload.
/// </summary>
internal abstract class FeedCursor(IModelRelay relay, LiveState state, LiveHubOptions options)
{
    /// <summary>The state that the client has been sent.</summary>
    public LiveState State { get; private set; } = state;

    /// <summary>Sends what is new.</summary>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async Task<bool> SendAsync(CancellationToken cancellationToken)
    {
        FeedPart part = relay.Window.Read(State, options.BatchCommits, options.BatchBytes);
        if (part.Kind == FeedPartKind.Commits && part.Commits.Count == 0)
            return false;
        if (part.Kind == FeedPartKind.Commits)
        {
            await SendAsync(part.Commits, relay.CommitsMessage).ConfigureAwait(false);
            return true;
        }

        // A state that the window has not reached yet is one that the client read from the owner a moment ago.
        LiveNews news = await relay.ReadAsync(State, cancellationToken).ConfigureAwait(false);
        if (news.Reload is { } reason)
        {
            await ReloadAsync(reason, news.Head).ConfigureAwait(false);
            State = news.Head;
            return true;
        }

        if (news.Commits.Count == 0)
            return false;
        await SendAsync(news.Commits, commits => OutgoingMessages.Commits(relay.Key, commits)).ConfigureAwait(false);
        return true;
    }

    /// <summary>Writes commits to the client.</summary>
    /// <param name="commits">At least one.</param>
    /// <param name="message">Makes their message, or has it already.</param>
    protected abstract Task WriteAsync(IReadOnlyList<LiveCommit> commits, Func<IReadOnlyList<LiveCommit>, OutgoingMessage> message);

    /// <summary>Tells the client to read everything anew.</summary>
    protected abstract Task ReloadAsync(string reason, LiveState head);

    private async Task SendAsync(IReadOnlyList<LiveCommit> commits, Func<IReadOnlyList<LiveCommit>, OutgoingMessage> message)
    {
        await WriteAsync(commits, message).ConfigureAwait(false);
        State = commits[^1].State;
    }
}
