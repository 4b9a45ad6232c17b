using System.Buffers;

namespace ITwinOrleans.Backend.Json;

/// <summary>A growing text that JSON is put together in. Its memory comes from a pool: dispose it when the text is written out.</summary>
internal sealed class Utf8Buffer(int capacity = 1024) : IBufferWriter<byte>, IDisposable
{
    private byte[]? _array = ArrayPool<byte>.Shared.Rent(capacity);
    private int _written;

    /// <summary>The text so far; gone once this is disposed.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => Array.AsMemory(0, _written);

    /// <summary>The binaries that markers in the text refer to (<see cref="BinaryMarkers"/>).</summary>
    public List<ReadOnlyMemory<byte>> Binaries { get; } = [];

    /// <summary>The text's length in bytes.</summary>
    public int Length => _written;

    private byte[] Array => _array ?? throw new ObjectDisposedException(nameof(Utf8Buffer));

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _written += bytes.Length;
    }

    /// <summary>Removes bytes from the end.</summary>
    public void Truncate(int length) => _written = Math.Min(length, _written);

    /// <inheritdoc/>
    public void Advance(int count) => _written += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return Array.AsMemory(_written);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return Array.AsSpan(_written);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
            ArrayPool<byte>.Shared.Return(array);
    }

    private void Reserve(int size)
    {
        byte[] old = Array;
        int needed = checked(_written + Math.Max(size, 1));
        if (needed <= old.Length)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, old.Length * 2));
        old.AsSpan(0, _written).CopyTo(larger);
        _array = larger;
        ArrayPool<byte>.Shared.Return(old);
    }
}
