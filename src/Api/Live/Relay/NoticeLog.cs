namespace ITwinOrleans.Api.Live.Relay;

/// <summary>The newest messages that everybody with an iModel open gets beside its commits (presence, moves), bounded, for any number of readers.</summary>
internal sealed class NoticeLog
{
    private const int Most = 256;
    private readonly Lock _lock = new();
    private readonly Queue<OutgoingMessage> _messages = [];
    private long _end;

    /// <summary>The number of the next message.</summary>
    public long End
    {
        get
        {
            lock (_lock)
                return _end;
        }
    }

    /// <summary>Adds a message.</summary>
    public void Add(OutgoingMessage message)
    {
        lock (_lock)
        {
            _messages.Enqueue(message);
            if (_messages.Count > Most)
                _messages.Dequeue();
            _end++;
        }
    }

    /// <summary>The messages from a number on; null when some of them are not here any more.</summary>
    public IReadOnlyList<OutgoingMessage>? Read(long from)
    {
        lock (_lock)
        {
            long first = _end - _messages.Count;
            return from < first ? null : [.. _messages.Skip((int)(from - first))];
        }
    }
}
