using System.Buffers;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>A received body in pooled memory; goes back to the pool, and to its budget, exactly once.</summary>
internal sealed class PooledBuffer : IDisposable
{
    public static readonly PooledBuffer Empty = new([], 0, null);

    private static long s_outstanding;

    private readonly int _length;
    private readonly ReceiveBudget? _budget;
    private byte[]? _array;

    private PooledBuffer(byte[] array, int length, ReceiveBudget? budget)
    {
        _array = array;
        _length = length;
        _budget = budget;
    }

    /// <summary>How many buffers of this process are rented and not yet returned: a leak shows here.</summary>
    public static long Outstanding => Interlocked.Read(ref s_outstanding);

    public Memory<byte> Memory => (_array ?? throw new ObjectDisposedException(nameof(PooledBuffer))).AsMemory(0, _length);

    public static PooledBuffer Rent(int length, ReceiveBudget? budget)
    {
        if (length == 0)
            return Empty;
        var array = ArrayPool<byte>.Shared.Rent(length);
        Interlocked.Increment(ref s_outstanding);
        budget?.Take(length);
        return new PooledBuffer(array, length, budget);
    }

    public void Dispose()
    {
        if (_length == 0 || Interlocked.Exchange(ref _array, null) is not { } array)
            return;
        ArrayPool<byte>.Shared.Return(array);
        Interlocked.Decrement(ref s_outstanding);
        _budget?.Return(_length);
    }
}
