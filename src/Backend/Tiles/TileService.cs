using System.Text.Json;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Tiles;

/// <summary>Tiles and graphics of iModels. Native code makes them on threads of its own and calls back; nothing polls and nothing blocks.</summary>
internal static class TileService
{
    private const int Success = 0, Canceled = 1, NoGeometry = 2, UnknownMajorFormatVersion = 4, ElementNotFound = 5, DuplicateRequestId = 6;

    /// <summary>A tile tree's props, UTF-8 JSON.</summary>
    /// <exception cref="RpcException">There is no such tree.</exception>
    public static async Task<byte[]> ReadTreeAsync(IModelDb iModel, NativeArgument treeId, string treeIdText, CancellationToken cancellationToken)
    {
        using NativeResult answer = await CallAsync(iModel, "getTileTree", [treeId], $"TreeId={treeIdText}", cancellationToken).ConfigureAwait(false);
        return JsonSlices.Property(answer.Utf8, "result"u8).ToArray();
    }

    /// <summary>A tile's content; the result owns its memory.</summary>
    /// <exception cref="RpcException">There is no such tile.</exception>
    public static async Task<NativeResult> ReadContentAsync(
        IModelDb iModel, NativeArgument treeId, NativeArgument contentId, string names, CancellationToken cancellationToken)
    {
        NativeResult answer = await CallAsync(iModel, "getTileContent", [treeId, contentId], names, cancellationToken).ConfigureAwait(false);
        if (answer.Binaries.Count == 1)
            return answer;
        answer.Dispose();
        throw RpcException.Numbered(ErrorNames.GeneralError, $"{names}: the native library gave no content");
    }

    /// <summary>Makes graphics of one element (core-backend <c>generateElementGraphics</c>): bytes, or nothing for an element without geometry.</summary>
    /// <exception cref="RpcException">The request is wrong.</exception>
    public static async Task<RpcReply> MakeElementGraphicsAsync(IModelDb iModel, RpcArguments arguments, int index, CancellationToken cancellationToken)
    {
        NativeResult answer = await iModel.StartAsync(
            native => native.CallAsync("generateElementGraphics", arguments.ToNative(index)), cancellationToken).ConfigureAwait(false);
        int status = (int)(JsonSlices.Number(answer.Utf8, "status"u8) ?? -1);
        if (status == Success && answer.Binaries.Count == 1)
            return RpcResult.Binary(answer.Binaries[0], answer);
        answer.Dispose();
        if (status is Canceled or NoGeometry)
            return RpcResult.Undefined();
        ReadOnlyMemory<byte> request = arguments.KindOf(index) == JsonTokenType.StartObject ? arguments[index] : default;
        throw status switch
        {
            UnknownMajorFormatVersion => BadRequest("Unknown major format version"),
            ElementNotFound => BadRequest($"Element Id {JsonSlices.Text(request, "elementId"u8)} not found"),
            DuplicateRequestId => BadRequest($"Duplicate request Id \"{JsonSlices.Text(request, "id"u8)}\""),
            _ => BadRequest("Invalid JSON"),
        };
    }

    private static RpcException BadRequest(string message) => RpcException.Numbered((int)Native.Errors.IModelStatus.BadRequest, message);

    private static async Task<NativeResult> CallAsync(
        IModelDb iModel, string method, NativeArgument[] arguments, string names, CancellationToken cancellationToken)
    {
        NativeResult[] answers = await iModel.StartAsync(native => native.CallBackAsync(method, arguments), cancellationToken).ConfigureAwait(false);
        NativeResult answer = answers[0];
        ReadOnlyMemory<byte> error = JsonSlices.Property(answer.Utf8, "error"u8);
        if (error.IsEmpty)
            return answer;
        int status = (int)(JsonSlices.Number(error, "status"u8) ?? ErrorNames.GeneralError);
        answer.Dispose();
        throw RpcException.Numbered(status, names);
    }
}
