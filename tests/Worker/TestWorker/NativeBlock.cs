using System.Buffers;

namespace ITwinOrleans.Worker.TestWorker;

/// <summary>A result in memory outside the garbage collector, as the engine's are; counts what is not yet released and what was released twice.</summary>
public sealed class NativeBlock : IDisposable
{
    private static long s_outstanding;
    private static long s_releasedTwice;

    private readonly MemoryHandle _pin;
    private byte[]? _bytes;

    public NativeBlock(int length)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        _bytes.AsSpan().Fill(0x31);
        _bytes[^1] = 0x32;
        _pin = _bytes.AsMemory().Pin();
        Interlocked.Increment(ref s_outstanding);
    }

    public static long Outstanding => Interlocked.Read(ref s_outstanding);

    public static long ReleasedTwice => Interlocked.Read(ref s_releasedTwice);

    public ReadOnlyMemory<byte> Memory => _bytes;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is not { } bytes)
        {
            Interlocked.Increment(ref s_releasedTwice);
            return;
        }
        // What is still read from it afterwards is seen to be wrong.
        bytes.AsSpan().Fill(0xDD);
        _pin.Dispose();
        Interlocked.Decrement(ref s_outstanding);
    }
}
