using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Interop;

/// <summary>The arguments of one native call in the form that the host takes. Their memory is held until this is disposed.</summary>
internal unsafe ref struct ArgumentList
{
    private readonly NativeEngine _engine;
    private readonly HostValue* _values;
    private readonly int _count;
    private List<nint>? _allocations;
    private List<MemoryHandle>? _pins;

    public ArgumentList(NativeEngine engine, ReadOnlySpan<NativeArgument> arguments)
    {
        _engine = engine;
        _count = arguments.Length;
        _values = (HostValue*)NativeMemoryBlocks.Allocate(Math.Max(1, _count) * sizeof(HostValue));
        int done = 0;
        try
        {
            for (; done < _count; done++)
                _values[done] = Convert(arguments[done]);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public readonly HostValue* Values => _values;

    public readonly nuint Count => (nuint)_count;

    public void Dispose()
    {
        NativeMemoryBlocks.Free((nint)_values);
        if (_allocations is not null)
        {
            foreach (nint allocation in _allocations)
                NativeMemoryBlocks.Free(allocation);
        }

        if (_pins is not null)
        {
            foreach (MemoryHandle pin in _pins)
                pin.Dispose();
        }

        _allocations = null;
        _pins = null;
    }

    private HostValue Convert(in NativeArgument argument)
    {
        var value = new HostValue { Kind = argument.Kind, Number = argument.Number };
        switch (argument.Kind)
        {
            case HostValueKind.Handle or HostValueKind.Constant:
                value.Handle = ((Objects.NativeObject)argument.Reference!).Handle;
                break;
            case HostValueKind.Callback when argument.Reference is not null:
                var callback = (NativeCallback)argument.Reference;
                value.Handle = _engine.Pending.AddCallback(callback);
                value.Count = callback.ByHandle ? 1 : 0;
                break;
            case HostValueKind.String or HostValueKind.Json when argument.Reference is string text:
                value.Data = Encode(text, out value.Size);
                break;
            case HostValueKind.String or HostValueKind.Json or HostValueKind.Binary:
                value.Data = Pin(argument.Bytes, out value.Size);
                if (argument.Reference is IReadOnlyList<ReadOnlyMemory<byte>> binaries)
                    AddBinaries(ref value, binaries);
                break;
        }

        return value;
    }

    private void AddBinaries(ref HostValue value, IReadOnlyList<ReadOnlyMemory<byte>> binaries)
    {
        value.Count = binaries.Count;
        value.Binaries = (HostSpan*)Allocate(Math.Max(1, binaries.Count) * sizeof(HostSpan));
        for (int i = 0; i < binaries.Count; i++)
            value.Binaries[i].Data = Pin(binaries[i], out value.Binaries[i].Size);
    }

    private byte* Encode(string text, out nuint size)
    {
        CheckSize(text.Length);
        int capacity = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte* data = (byte*)Allocate(capacity);
        int length = Encoding.UTF8.GetBytes(text, new Span<byte>(data, capacity));
        CheckSize(length);
        size = (nuint)length;
        return data;
    }

    private byte* Pin(ReadOnlyMemory<byte> bytes, out nuint size)
    {
        CheckSize(bytes.Length);
        MemoryHandle pin = bytes.Pin();
        (_pins ??= []).Add(pin);
        size = (nuint)bytes.Length;
        return (byte*)pin.Pointer;
    }

    private static void CheckSize(int size)
    {
        if (size > NativeArgument.MaximumSize)
            throw new NativeUsageException($"An argument of {size} bytes is larger than the {NativeArgument.MaximumSize} bytes that native code is given");
    }

    private void* Allocate(int size)
    {
        void* block = NativeMemoryBlocks.Allocate(size);
        (_allocations ??= []).Add((nint)block);
        return block;
    }
}
