using ITwinOrleans.Native.Interop;
using ITwinOrleans.Native.Objects;

namespace ITwinOrleans.Native.Values;

/// <summary>An argument of a native call. Strings, numbers, booleans and native objects convert by themselves.</summary>
public readonly struct NativeArgument
{
    /// <summary>The largest string, JSON or binary argument in bytes. SQLite's own limit for a value is a billion.</summary>
    public const int MaximumSize = 256 * 1024 * 1024;

    private NativeArgument(HostValueKind kind, double number = 0, object? reference = null, ReadOnlyMemory<byte> bytes = default)
    {
        Kind = kind;
        Number = number;
        Reference = reference;
        Bytes = bytes;
    }

    /// <summary>JavaScript's <c>undefined</c>: an argument that is left out.</summary>
    public static NativeArgument Undefined => default;

    /// <summary>JavaScript's <c>null</c>.</summary>
    public static NativeArgument Null => new(HostValueKind.Null);

    /// <summary>A function that does nothing, within the host: calling it costs next to nothing.</summary>
    public static NativeArgument NoOp => new(HostValueKind.Callback);

    /// <summary>A function, within the host, that always gives an object.</summary>
    public static NativeArgument Constant(NativeObject value) => new(HostValueKind.Constant, reference: value);

    internal HostValueKind Kind { get; }

    internal double Number { get; }

    /// <summary>A string, a NativeObject, a NativeCallback or the binaries of a JSON argument.</summary>
    internal object? Reference { get; }

    internal ReadOnlyMemory<byte> Bytes { get; }

    public static implicit operator NativeArgument(string? value) => value is null ? default : new(HostValueKind.String, reference: value);

    public static implicit operator NativeArgument(double value) => new(HostValueKind.Number, value);

    public static implicit operator NativeArgument(int value) => new(HostValueKind.Number, value);

    public static implicit operator NativeArgument(bool value) => new(HostValueKind.Boolean, value ? 1 : 0);

    public static implicit operator NativeArgument(NativeObject value) => new(HostValueKind.Handle, reference: value);

    /// <summary>A string given as UTF-8.</summary>
    public static NativeArgument String(ReadOnlyMemory<byte> utf8) => new(HostValueKind.String, bytes: utf8);

    /// <summary>An object or array given as UTF-8 JSON; <c>{"$binary":i}</c> in it stands for <c>binaries[i]</c>.</summary>
    public static NativeArgument Json(ReadOnlyMemory<byte> utf8, IReadOnlyList<ReadOnlyMemory<byte>>? binaries = null) =>
        new(HostValueKind.Json, reference: binaries, bytes: utf8);

    /// <summary>An object or array given as JSON text.</summary>
    public static NativeArgument Json(string json) => new(HostValueKind.Json, reference: json);

    /// <summary>Bytes; native code sees a <c>Uint8Array</c>.</summary>
    public static NativeArgument Binary(ReadOnlyMemory<byte> bytes) => new(HostValueKind.Binary, bytes: bytes);

    /// <summary>A function that native code may call, on the engine thread, until it drops it.</summary>
    public static NativeArgument Callback(NativeCallback callback) => new(HostValueKind.Callback, reference: callback);
}
