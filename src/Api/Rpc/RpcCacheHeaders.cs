using System.Buffers.Text;
using System.Security.Cryptography;
using ITwinOrleans.Backend.Rpc;
using Microsoft.Net.Http.Headers;

namespace ITwinOrleans.Api.Rpc;

/// <summary>
/// Who may keep an answer. Only a result, only of parameters in the URL, only of an iModel of a fixed version: a browser that reused a tile
/// tree of an edited iModel would draw it at the wrong place. Everything else is <c>no-store</c>.
/// </summary>
internal static class RpcCacheHeaders
{
    /// <summary>As core-backend, for operations whose answer never changes.</summary>
    public const string Immutable = "s-maxage=86400, max-age=172800, immutable";

    /// <summary>As core-backend, for <c>getConnectionProps</c>.</summary>
    public const string Shared = "s-maxage=86400, max-age=1, immutable";

    /// <summary>For all else.</summary>
    public const string NoStore = "no-store";

    /// <summary>Sets the headers. True: the client has this very answer already, no body is needed (304).</summary>
    public static bool Apply(HttpContext context, RpcRequest request, RpcOperationDescription? operation, RpcFreshness freshness, RpcAnswer answer)
    {
        IHeaderDictionary headers = context.Response.Headers;
        bool mayBeKept = answer is { IsResult: true, StatusCode: StatusCodes.Status200OK } && request.HasUrlParameters && freshness == RpcFreshness.Fixed;
        string cacheControl = !mayBeKept ? NoStore : operation?.Caching switch
        {
            RpcResponseCaching.Immutable => Immutable,
            RpcResponseCaching.Shared => Shared,
            _ => NoStore,
        };
        headers.CacheControl = cacheControl;
        if (cacheControl == NoStore)
            return false;

        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (answer.Binaries.Count > 0)
            return false;
        string tag = TagOf(answer.Text.Span);
        headers.ETag = tag;
        return context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal);
    }

    /// <summary>A weak tag: the compressed and the plain body share it.</summary>
    private static string TagOf(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return $"W/\"{Base64Url.EncodeToString(hash[..16])}\"";
    }
}
