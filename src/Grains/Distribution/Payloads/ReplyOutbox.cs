using ITwinOrleans.Backend.Rpc;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Distribution.Payloads;

/// <summary>The replies of a silo that are too large for one message, until their callers have fetched them. Bounded in bytes and in time.</summary>
internal sealed class ReplyOutbox : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, KeptReply> _replies = [];
    private readonly PayloadOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;
    private long _bytes;

    public ReplyOutbox(IOptions<PayloadOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        var period = _options.KeepTime / 4;
        _sweep = time.CreateTimer(_ => Sweep(), null, period, period);
    }

    /// <summary>The bytes of all that wait here.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _bytes;
        }
    }

    /// <summary>Says whether a reply is too large for a message.</summary>
    public bool IsLarge(RpcReply reply) => PayloadSize.Of(reply) > _options.MaxMessageBytes;

    /// <summary>Keeps a reply, and with it the duty to dispose it.</summary>
    /// <returns>The id to fetch it by; null, and nothing kept, when there is no room.</returns>
    public Guid? TryKeep(RpcReply reply)
    {
        var size = PayloadSize.Of(reply);
        lock (_lock)
        {
            if (size > _options.MaxReplyBytes || _bytes + size > _options.MaxKeptBytes)
                return null;
            var id = Guid.NewGuid();
            _replies.Add(id, new KeptReply(reply, size, _time.GetTimestamp()));
            _bytes += size;
            return id;
        }
    }

    /// <summary>A piece of a reply: a reply of its own, which refers to the kept one's memory until it is disposed. Null when it is not kept (any more).</summary>
    public RpcReply? Read(Guid id, int part, int offset, int count)
    {
        lock (_lock)
        {
            if (!_replies.TryGetValue(id, out var kept))
                return null;
            kept.Touched = _time.GetTimestamp();
            return kept.Slice(part, offset, count);
        }
    }

    /// <summary>Gives a reply up.</summary>
    public void Release(Guid id)
    {
        KeptReply? kept;
        lock (_lock)
        {
            if (_replies.Remove(id, out kept))
                _bytes -= kept.Size;
        }

        kept?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sweep.Dispose();
        foreach (var id in Ids(_ => true))
            Release(id);
    }

    private void Sweep()
    {
        foreach (var id in Ids(kept => _time.GetElapsedTime(kept.Touched) >= _options.KeepTime))
            Release(id);
    }

    private Guid[] Ids(Func<KeptReply, bool> predicate)
    {
        lock (_lock)
            return [.. _replies.Where(r => predicate(r.Value)).Select(r => r.Key)];
    }
}
