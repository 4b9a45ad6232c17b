namespace ITwinOrleans.Durability.Tests.Support;

/// <summary>Content that cannot be read to its end from the second half on (the second time, if it is read more than once).</summary>
internal sealed class BreakingStream(int size) : MemoryStream(new byte[size])
{
    private int _rewinds;

    public override long Position
    {
        get => base.Position;
        set
        {
            base.Position = value;
            _rewinds++;
        }
    }

    /// <summary>How many rewinds there are before it breaks.</summary>
    public int Healthy { get; init; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _rewinds > Healthy && Position >= size / 2 ? throw new IOException("The disk is broken.") : base.ReadAsync(buffer[..Math.Min(buffer.Length, Math.Max(1, size / 4))], cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
