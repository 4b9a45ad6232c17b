namespace ITwinOrleans.Native.Values;

/// <summary>What a native call gave.</summary>
public enum NativeResultKind
{
    /// <summary>Nothing.</summary>
    Undefined,

    /// <summary>JavaScript's <c>null</c>.</summary>
    Null,

    /// <summary>See <see cref="NativeResult.Boolean"/>.</summary>
    Boolean,

    /// <summary>See <see cref="NativeResult.Number"/>.</summary>
    Number,

    /// <summary>UTF-8 text in <see cref="NativeResult.Utf8"/>.</summary>
    String,

    /// <summary>An object or array as UTF-8 JSON in <see cref="NativeResult.Utf8"/>.</summary>
    Json,

    /// <summary>Bytes in <see cref="NativeResult.Utf8"/>.</summary>
    Binary,

    /// <summary>A native object in <see cref="NativeResult.Object"/>.</summary>
    Object,
}
