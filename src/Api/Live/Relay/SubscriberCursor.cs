using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Api.Live.Relay;

/// <summary>A subscriber of the feed.</summary>
internal sealed class SubscriberCursor(IModelRelay relay, ClientWriter client, LiveState state, LiveHubOptions options) : FeedCursor(relay, state, options)
{
    private readonly string _key = relay.Key;

    /// <inheritdoc/>
    protected override Task WriteAsync(IReadOnlyList<LiveCommit> commits, Func<IReadOnlyList<LiveCommit>, OutgoingMessage> message) => client.WriteAsync(message(commits));

    /// <inheritdoc/>
    protected override Task ReloadAsync(string reason, LiveState head) => client.WriteAsync(OutgoingMessages.Reload(_key, reason, head));
}
