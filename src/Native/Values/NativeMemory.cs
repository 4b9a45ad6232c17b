using System.Buffers;
using System.Runtime.InteropServices;
using ITwinOrleans.Native.Interop;

namespace ITwinOrleans.Native.Values;

/// <summary>Bytes that lie in the host library until this is disposed. Any thread may read and dispose it.</summary>
internal sealed unsafe class NativeMemory(byte* data, int length, NativeMemoryOwner owner) : MemoryManager<byte>
{
    /// <inheritdoc/>
    public override Span<byte> GetSpan() => owner.IsReleased ? throw new ObjectDisposedException(nameof(NativeResult)) : new(data, length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) =>
        owner.IsReleased ? throw new ObjectDisposedException(nameof(NativeResult)) : new(data + elementIndex, pinnable: this);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => owner.Dispose();
}

/// <summary>Releases a result's memory in the host, once; by the garbage collector if nobody else does.</summary>
internal sealed class NativeMemoryOwner(nint owner) : SafeHandle(owner, ownsHandle: true)
{
    public bool IsReleased => IsClosed;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        HostLibrary.ReleaseMemory(handle);
        return true;
    }
}
