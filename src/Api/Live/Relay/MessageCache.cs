using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Api.Live.Relay;

/// <summary>The messages of the last few ranges of commits: clients that keep up all ask for the same.</summary>
internal sealed class MessageCache(string key)
{
    private const int Most = 16;
    private const long MostBytes = 32 * 1024 * 1024;
    private readonly Lock _lock = new();
    private readonly Dictionary<(long First, long Last), OutgoingMessage> _messages = [];
    private readonly Queue<(long First, long Last)> _order = [];
    private long _bytes;

    /// <summary>The message with these commits.</summary>
    public OutgoingMessage Get(IReadOnlyList<LiveCommit> commits)
    {
        (long First, long Last) range = (commits[0].State.Sequence, commits[^1].State.Sequence);
        lock (_lock)
        {
            if (_messages.TryGetValue(range, out OutgoingMessage? message))
                return message;
            message = OutgoingMessages.Commits(key, commits);
            _messages[range] = message;
            _order.Enqueue(range);
            _bytes += message.Size;
            while (_order.Count > 1 && (_order.Count > Most || _bytes > MostBytes))
            {
                _messages.Remove(_order.Dequeue(), out OutgoingMessage? oldest);
                _bytes -= oldest?.Size ?? 0;
            }

            return message;
        }
    }

    /// <summary>Forgets all: another history has other commits of the same sequence.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _messages.Clear();
            _order.Clear();
            _bytes = 0;
        }
    }
}
