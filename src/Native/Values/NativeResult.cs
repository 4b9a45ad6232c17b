using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Interop;
using ITwinOrleans.Native.Objects;

namespace ITwinOrleans.Native.Values;

/// <summary>
/// What a native call gave. Text and bytes lie in native memory where they are large, so a result is disposed when it is written out;
/// it may be read and disposed on any thread.
/// </summary>
public sealed class NativeResult : IDisposable
{
    private NativeMemoryOwner? _owner;
    private readonly ReadOnlyMemory<byte>[] _binaries = [];

    private NativeResult(NativeResult other)
    {
        Kind = other.Kind;
        Number = other.Number;
        Utf8 = other.Utf8;
        _binaries = other._binaries;
        _owner = Interlocked.Exchange(ref other._owner, null);
    }

    private NativeResult(NativeResultKind kind) => Kind = kind;

    internal unsafe NativeResult(in HostValue value, NativeEngine engine)
    {
        switch (value.Kind)
        {
            case HostValueKind.Null:
                Kind = NativeResultKind.Null;
                return;
            case HostValueKind.Boolean:
                Kind = NativeResultKind.Boolean;
                Number = value.Number;
                return;
            case HostValueKind.Number:
                Kind = NativeResultKind.Number;
                Number = value.Number;
                return;
            case HostValueKind.Handle:
                Kind = NativeResultKind.Object;
                Object = new NativeObject(engine, value.Handle);
                return;
            case HostValueKind.String or HostValueKind.Json or HostValueKind.Binary:
                Kind = value.Kind switch
                {
                    HostValueKind.String => NativeResultKind.String,
                    HostValueKind.Json => NativeResultKind.Json,
                    _ => NativeResultKind.Binary,
                };
                break;
            default:
                Kind = NativeResultKind.Undefined;
                return;
        }

        if (value.Owner == 0)
        {
            Utf8 = new ReadOnlySpan<byte>(value.Data, checked((int)value.Size)).ToArray();
            return;
        }

        _owner = new NativeMemoryOwner(value.Owner);
        Utf8 = new NativeMemory(value.Data, checked((int)value.Size), _owner).Memory;
        if (value.Count == 0)
            return;
        _binaries = new ReadOnlyMemory<byte>[value.Count];
        for (int i = 0; i < value.Count; i++)
            _binaries[i] = new NativeMemory(value.Binaries[i].Data, checked((int)value.Binaries[i].Size), _owner).Memory;
    }

    /// <summary>No bytes, held by nobody.</summary>
    internal static NativeResult EmptyBinary { get; } = new(NativeResultKind.Binary);

    /// <summary>Which of the properties has the value.</summary>
    public NativeResultKind Kind { get; }

    /// <summary>The number, or 1 and 0 for a boolean.</summary>
    public double Number { get; }

    /// <summary>The boolean.</summary>
    public bool Boolean => Number != 0;

    /// <summary>A string's or a JSON's UTF-8 text, or the bytes of a binary. Gone once this is disposed.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>The binaries that <c>{"$binary":i}</c> in the JSON stands for.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Binaries => _binaries;

    /// <summary>The native object; the caller owns it.</summary>
    public NativeObject? Object { get; }

    /// <summary>Whether there is neither <c>undefined</c> nor <c>null</c>.</summary>
    public bool HasValue => Kind is not (NativeResultKind.Undefined or NativeResultKind.Null);

    /// <summary>The text of a string or of JSON.</summary>
    public string GetText() => Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>The JSON's value.</summary>
    /// <exception cref="NativeErrorException">The result is no JSON object or array.</exception>
    public T ReadJson<T>(JsonTypeInfo<T> type) => Kind == NativeResultKind.Json
        ? JsonSerializer.Deserialize(Utf8.Span, type)!
        : throw new NativeErrorException($"The native library gave {Kind} where an object was expected");

    /// <inheritdoc/>
    public void Dispose() => _owner?.Dispose();

    /// <summary>This result for somebody who keeps it, when who gave it is going to dispose it. Handles are not taken over.</summary>
    internal NativeResult TakeOver() => Object is null ? new NativeResult(this) : this;
}
