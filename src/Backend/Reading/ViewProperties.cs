using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Reading;

/// <summary>What of views lies in an iModel's file beside its elements: the default view and the views' thumbnails; on the engine thread.</summary>
internal static class ViewProperties
{
    private const string ViewNamespace = "dgn_View";
    private const int ThumbnailHeader = 16;

    // core-common ImageSourceFormat.
    private const uint Jpeg = 0, Png = 2;

    /// <summary>The id of the view that the file's author chose; <c>0</c> when there is none.</summary>
    public static string ReadDefaultViewId(DgnDb native)
    {
        using NativeResult stored = native.FileProperties.QueryBlob($$"""{"namespace":"{{ViewNamespace}}","name":"DefaultView"}""");
        return stored.Kind == NativeResultKind.Binary && stored.Utf8.Length == sizeof(ulong)
            ? Id64.FromNumber(BinaryPrimitives.ReadUInt64LittleEndian(stored.Utf8.Span))
            : Id64.Invalid;
    }

    /// <summary>A view's picture behind a header of four 32-bit numbers: its length in bytes, format, width and height; empty when there is none.</summary>
    /// <exception cref="RpcException">The id means no view.</exception>
    public static byte[] ReadThumbnail(DgnDb native, string viewId)
    {
        if (viewId == Id64.Invalid)
            throw RpcException.Numbered((int)Native.Errors.IModelStatus.BadArg, "illegal thumbnail id");
        string name = Encoding.UTF8.GetString(JsonText.Quote(viewId));
        string property = $$"""{"namespace":"{{ViewNamespace}}","name":"Thumbnail","id":{{name}}}""";
        if (native.FileProperties.QueryText(property) is not { } description)
            return [];
        using NativeResult image = native.FileProperties.QueryBlob(property);
        if (image.Kind != NativeResultKind.Binary || image.Utf8.IsEmpty)
            return [];
        using JsonDocument props = JsonDocument.Parse(description);
        var bytes = new byte[ThumbnailHeader + image.Utf8.Length];
        bool isJpeg = props.RootElement.TryGetProperty("format"u8, out JsonElement format) && format.ValueEquals("jpeg"u8);
        WriteNumber(bytes, 0, (uint)image.Utf8.Length);
        WriteNumber(bytes, 1, isJpeg ? Jpeg : Png);
        WriteNumber(bytes, 2, Size(props.RootElement, "width"));
        WriteNumber(bytes, 3, Size(props.RootElement, "height"));
        image.Utf8.Span.CopyTo(bytes.AsSpan(ThumbnailHeader));
        return bytes;
    }

    private static void WriteNumber(byte[] bytes, int index, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(index * sizeof(uint)), value);

    private static uint Size(JsonElement props, string name) =>
        props.TryGetProperty(name, out JsonElement value) && value.TryGetUInt32(out uint size) ? size : 0;
}
