using System.Collections.Concurrent;
using ITwinOrleans.Api.Live.Hub;
using Microsoft.AspNetCore.SignalR;

namespace ITwinOrleans.Api.Live.Relay;

/// <summary>
/// SignalR's own registry of connections, which also hands them out: a subscriber's pump awaits its own connection, so that a slow client holds up
/// nobody, and writes messages that are serialised once.
/// </summary>
internal sealed class LiveConnections(ILogger<LiveConnections> logger) : DefaultHubLifetimeManager<LiveHub>(logger)
{
    private readonly ConcurrentDictionary<string, HubConnectionContext> _connections = new(StringComparer.Ordinal);

    /// <summary>How many connections there are.</summary>
    public int Count => _connections.Count;

    /// <summary>The connection of an id; null when it is gone.</summary>
    public HubConnectionContext? Find(string connectionId) => _connections.GetValueOrDefault(connectionId);

    /// <inheritdoc/>
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        _connections[connection.ConnectionId] = connection;
        return base.OnConnectedAsync(connection);
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        _connections.TryRemove(connection.ConnectionId, out _);
        return base.OnDisconnectedAsync(connection);
    }
}
