using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Grains.Distribution.Payloads;

/// <summary>A reply that is being fetched. Its memory is given back when it is given up and the last piece of it is on its way.</summary>
internal sealed class KeptReply(RpcReply reply, long size, long touched) : IDisposable
{
    private int _users = 1;

    /// <summary>Its bytes.</summary>
    public long Size => size;

    /// <summary>When it was last asked for: a timestamp of the outbox's clock, guarded by the outbox's lock.</summary>
    public long Touched { get; set; } = touched;

    /// <summary>A part of it (0 is the JSON, further ones the binaries) from an offset on. Call it before <see cref="Dispose"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such piece.</exception>
    public RpcReply Slice(int part, int offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(part, reply.Binaries.Count);
        var memory = part == 0 ? reply.Json : reply.Binaries[part - 1];
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, memory.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Interlocked.Increment(ref _users);
        var length = Math.Min(count, memory.Length - offset);
        return new RpcReply { Status = RpcStatus.Resolved, Binaries = [memory.Slice(offset, length)], Owner = new Use(this) };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            reply.Dispose();
    }

    /// <summary>One piece's use of the memory; the reply that owns it disposes it once.</summary>
    private sealed class Use(KeptReply kept) : IDisposable
    {
        public void Dispose() => kept.Dispose();
    }
}
