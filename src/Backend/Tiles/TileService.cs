using System.Globalization;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Geometry;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Tiles;

/// <summary>Tiles and graphics of iModels. Native code makes them on threads of its own and calls back; nothing polls and nothing blocks.</summary>
internal static class TileService
{
    private static long _graphicsRequests;

    /// <summary>A tile tree's props, UTF-8 JSON.</summary>
    /// <exception cref="RpcException">There is no such tree.</exception>
    public static async Task<byte[]> ReadTreeAsync(IModelDb iModel, string treeId, CancellationToken cancellationToken)
    {
        try
        {
            using NativeResult tree = await iModel.StartAsync(native => native.Tiles.GetTreeAsync(treeId), cancellationToken).ConfigureAwait(false);
            return tree.Utf8.ToArray();
        }
        catch (IModelException exception)
        {
            throw RpcException.Numbered(exception.ErrorNumber, $"TreeId={treeId}");
        }
    }

    /// <summary>A tile's content; the caller disposes it.</summary>
    /// <exception cref="RpcException">There is no such tile.</exception>
    public static async Task<NativeResult> ReadContentAsync(IModelDb iModel, string treeId, string contentId, CancellationToken cancellationToken)
    {
        try
        {
            return await iModel.StartAsync(native => native.Tiles.GetContentAsync(treeId, contentId), cancellationToken).ConfigureAwait(false);
        }
        catch (IModelException exception)
        {
            throw RpcException.Numbered(exception.ErrorNumber, $"TreeId={treeId} TileId={contentId}");
        }
    }

    /// <summary>Makes graphics of one element (core-backend <c>generateElementGraphics</c>): bytes, or nothing for an element without geometry.</summary>
    /// <remarks>The library refuses a request under an id that is under way. Frontends number theirs, each from 1, so two people's would meet: here each request gets an id of its own.</remarks>
    /// <param name="iModel">The iModel.</param>
    /// <param name="request">iTwin.js <c>ElementGraphicsRequestProps</c>, JSON.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RpcException">The request is wrong.</exception>
    public static async Task<RpcReply> MakeElementGraphicsAsync(IModelDb iModel, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        string id = Interlocked.Increment(ref _graphicsRequests).ToString(CultureInfo.InvariantCulture);
        ReadOnlyMemory<byte> own = JsonSlices.WithText(request, "id"u8, id);
        ElementGraphics graphics = await iModel.StartAsync(native => native.Geometry.GenerateGraphicsAsync(own), cancellationToken).ConfigureAwait(false);
        if (graphics.Status == ElementGraphicsStatus.Success)
            return RpcResult.Binary(graphics.Content, graphics);
        graphics.Dispose();
        return graphics.Status switch
        {
            ElementGraphicsStatus.Canceled or ElementGraphicsStatus.NoGeometry => RpcResult.Undefined(),
            ElementGraphicsStatus.UnknownMajorFormatVersion => throw BadRequest("Unknown major format version"),
            ElementGraphicsStatus.ElementNotFound => throw BadRequest($"Element Id {JsonSlices.Text(request, "elementId"u8)} not found"),
            _ => throw BadRequest("Invalid JSON"),
        };
    }

    private static RpcException BadRequest(string message) => RpcException.Numbered((int)IModelStatus.BadRequest, message);
}
