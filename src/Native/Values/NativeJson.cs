namespace ITwinOrleans.Native.Values;

/// <summary>
/// An object or array for native code, as UTF-8 JSON; <c>{"$binary":i}</c> in it stands for <c>binaries[i]</c>. The default is <c>undefined</c>.
/// </summary>
/// <remarks>A type of its own, because native code that expects an object must not be given its text as a string.</remarks>
public readonly struct NativeJson(ReadOnlyMemory<byte> utf8, IReadOnlyList<ReadOnlyMemory<byte>>? binaries = null)
{
    private readonly string? _text;

    private NativeJson(string text)
        : this(default(ReadOnlyMemory<byte>)) => _text = text;

    private bool IsUndefined => _text is null && utf8.IsEmpty;

    public static implicit operator NativeJson(string? json) => json is null ? default : new(json);

    public static implicit operator NativeJson(byte[] utf8) => new(utf8);

    public static implicit operator NativeJson(ReadOnlyMemory<byte> utf8) => new(utf8);

    public static implicit operator NativeArgument(NativeJson json) => json.ToArgument();

    private NativeArgument ToArgument()
    {
        if (IsUndefined)
            return NativeArgument.Undefined;
        return _text is null ? NativeArgument.Json(utf8, binaries) : NativeArgument.Json(_text);
    }
}
