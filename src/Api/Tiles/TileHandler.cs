using System.IO.Pipelines;
using ITwinOrleans.Api.Http;
using ITwinOrleans.Api.Limits;
using ITwinOrleans.Api.Rpc;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Backend.Rpc;
using Microsoft.Win32.SafeHandles;

namespace ITwinOrleans.Api.Tiles;

/// <summary>Serves a tile: from the cache, or made now.</summary>
internal sealed partial class TileHandler(
    ITileSource source, TileStore store, TileGenerator generator, TileTicket tickets, AdmissionControl admission, IAccessResolver accessResolver,
    ILogger<TileHandler> logger)
{
    /// <summary>As long as answers of a fixed version; the URL has the file's version in it.</summary>
    private const string Kept = "max-age=172800, immutable";

    /// <summary>Smaller tiles fit into a packet.</summary>
    private const int CompressionThreshold = 1024;

    /// <summary>Most tiles in one piece: a second one would wait until the first is sent.</summary>
    private const int MostAtOnce = 256 * 1024;

    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context, string iModelId, string treeId, string guid, string contentId)
    {
        CancellationToken cancellationToken = context.RequestAborted;
        context.Response.Headers[RpcProtocol.ProtocolVersion] = RpcProtocol.ServerVersion;
        try
        {
            if (!TileAddress.IsValid(iModelId, treeId, guid, contentId))
            {
                await RefuseAsync(context, StatusCodes.Status400BadRequest, "This is no address of a tile.").ConfigureAwait(false);
                return;
            }

            bool mayRead = accessResolver.Resolve(context).Allows(iModelId, IModelRight.Read);
            if (!mayRead && !tickets.IsValid(iModelId, context.Request.Query))
            {
                await RefuseAsync(context, StatusCodes.Status403Forbidden, "The address has no (more) right to this iModel's tiles.").ConfigureAwait(false);
                return;
            }

            TileSourceIModel? iModel = await source.FindAsync(iModelId, cancellationToken).ConfigureAwait(false);
            string asked = context.Request.Query["v"].ToString();
            if (iModel is null || (asked.Length > 0 && asked != iModel.Version))
                await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such iModel, or no more in this version.").ConfigureAwait(false);
            else
                await ServeAsync(context, new TileAddress(iModel, treeId, guid, contentId), isPrivate: !mayRead, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.ClientLeft(logger);
        }
        catch (RpcBusyException exception)
        {
            context.Response.Headers.RetryAfter = exception.RetryAfterSeconds;
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, exception.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await RefuseAsync(context, StatusCodes.Status504GatewayTimeout, "The tile took too long.").ConfigureAwait(false);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            Log.Failed(logger, exception);
            await RefuseAsync(context, StatusCodes.Status500InternalServerError, "The server failed; its log has more.").ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(HttpContext context, TileAddress address, bool isPrivate, CancellationToken cancellationToken)
    {
        string key = address.CacheKey();
        IHeaderDictionary headers = context.Response.Headers;
        string tag = $"\"{key[..32]}\"";
        headers.Append("Vary", "Accept-Encoding");
        ContentCoding coding = AcceptEncoding.Choose(context.Request.Headers.AcceptEncoding.ToString());
        if (store.TryOpen(VariantKey(key, coding)) is { } variant)
        {
            using (variant.File)
                await SendAsync(context, variant.File, variant.Length, coding, tag, isPrivate, cancellationToken).ConfigureAwait(false);
            return;
        }

        TileResult tile = await GetWholeAsync(context, key, address, cancellationToken).ConfigureAwait(false);
        if (tile.StatusCode != StatusCodes.Status200OK)
        {
            if (tile.StatusCode is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
                headers.RetryAfter = "1";
            await RefuseAsync(context, tile.StatusCode, tile.Problem).ConfigureAwait(false);
            return;
        }

        ReadOnlyMemory<byte> content = tile.Content;
        if (coding != ContentCoding.Brotli || content.Length < CompressionThreshold)
            coding = ContentCoding.Identity;
        else
            content = Compress(key, content, tile.IsFixed);
        SetHeaders(context, content.Length, coding, tag, isPrivate, tile.IsFixed);
        if (!IsKnown(context, tag) || !tile.IsFixed)
            await context.Response.BodyWriter.WriteAsync(content, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The tile as it is: from the cache where only its compressed form is missing, or made by the iModel's owner.</summary>
    private async Task<TileResult> GetWholeAsync(HttpContext context, string key, TileAddress address, CancellationToken cancellationToken)
    {
        if (store.TryRead(key) is { } cached)
            return new TileResult(StatusCodes.Status200OK, cached, "") { IsFixed = true };
        using Admission entry = await admission.EnterAsync(ClientKey.Of(context), address.IModel.IModelId, cancellationToken).ConfigureAwait(false);
        return entry.IsGranted
            ? await generator.GetAsync(key, address, new RpcActivity(Guid.NewGuid().ToString()), cancellationToken).ConfigureAwait(false)
            : new TileResult(entry.StatusCode, default, entry.Reason);
    }

    private ReadOnlyMemory<byte> Compress(string key, ReadOnlyMemory<byte> content, bool keep)
    {
        ReadOnlyMemory<byte> compressed = BodyCompressor.Brotli(content, BodyCompressor.BinaryQuality);
        if (keep)
            store.Put(VariantKey(key, ContentCoding.Brotli), compressed);
        return compressed;
    }

    private static async Task SendAsync(
        HttpContext context, SafeFileHandle file, long length, ContentCoding coding, string tag, bool isPrivate, CancellationToken cancellationToken)
    {
        SetHeaders(context, length, coding, tag, isPrivate, isFixed: true);
        if (IsKnown(context, tag))
            return;
        PipeWriter writer = context.Response.BodyWriter;
        for (long offset = 0; offset < length;)
        {
            Memory<byte> memory = writer.GetMemory((int)Math.Min(MostAtOnce, length - offset));
            int read = TileFile.ReadSome(file, memory.Span[..(int)Math.Min(memory.Length, length - offset)], offset);
            writer.Advance(read);
            offset += read;
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void SetHeaders(HttpContext context, long length, ContentCoding coding, string tag, bool isPrivate, bool isFixed)
    {
        HttpResponse response = context.Response;
        response.ContentType = RpcProtocol.Binary;
        if (coding == ContentCoding.Brotli)
            response.Headers.ContentEncoding = "br";

        // Without the file's version in it, an URL may mean another tile tomorrow.
        bool namesVersion = context.Request.Query["v"].ToString().Length > 0;
        response.Headers.CacheControl = !isFixed ? RpcCacheHeaders.NoStore : (isPrivate ? "private, " : "public, ") + (namesVersion ? Kept : "no-cache");
        if (isFixed)
            response.Headers.ETag = tag;
        if (isFixed && IsKnown(context, tag))
            response.StatusCode = StatusCodes.Status304NotModified;
        else
            response.ContentLength = length;
    }

    private static bool IsKnown(HttpContext context, string tag) => context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal);

    private static string VariantKey(string key, ContentCoding coding) => coding == ContentCoding.Brotli ? key + "-br" : key;

    private static Task RefuseAsync(HttpContext context, int statusCode, string message) =>
        RpcResponseWriter.WriteProblemAsync(context, statusCode, message, context.RequestAborted).AsTask();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The client left before its tile was there")]
        public static partial void ClientLeft(ILogger logger);

        [LoggerMessage(2, LogLevel.Error, "A tile could not be served")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
