using ITwinOrleans.Api.Security;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ITwinOrleans.Api.Http;

/// <summary>The CORS headers of RPC and tiles. Without exposing X-Protocol-Version a frontend of another origin cannot reopen an iModel.</summary>
internal sealed class CorsHeaders(IOptions<CorsOptions> cors, IOptions<AuthenticationSettings> authentication)
{
    private const string Methods = "POST, GET, OPTIONS";
    private const string Exposed = "X-Protocol-Version, Retry-After";
    private const string Requestable =
        "Content-Type, Access-Control-Allow-Headers, Authorization, X-Requested-With, X-Correlation-Id, X-Session-Id, X-Application-Id, "
        + "X-Application-Version, X-User-Id, X-Protocol-Version";

    /// <summary>Two hours, the longest that Chromium takes: a preflight is asked for every single URL.</summary>
    private const string MaxAge = "7200";

    private readonly bool _everyOrigin =
        cors.Value.AllowedOrigins.Contains("*") || (cors.Value.AllowedOrigins.Count == 0 && authentication.Value.IsConfigured);

    /// <summary>Sets the headers.</summary>
    public void Apply(HttpContext context)
    {
        IHeaderDictionary response = context.Response.Headers;
        if (_everyOrigin)
        {
            response.AccessControlAllowOrigin = "*";
        }
        else
        {
            response.Append(HeaderNames.Vary, HeaderNames.Origin);
            string origin = context.Request.Headers.Origin.ToString();
            if (origin.Length == 0 || !IsAllowed(origin))
                return;
            response.AccessControlAllowOrigin = origin;
        }

        response.AccessControlExposeHeaders = Exposed;
        if (!HttpMethods.IsOptions(context.Request.Method))
            return;
        response.AccessControlAllowMethods = Methods;
        string csrf = CsrfHeaders(context.Request.Headers.AccessControlRequestHeaders.ToString());
        response.AccessControlAllowHeaders = csrf.Length == 0 ? Requestable : $"{Requestable}, {csrf}";
        response.AccessControlMaxAge = MaxAge;
    }

    /// <summary>Whether a request is of the server's own pages, of one that is let in, or of no page at all.</summary>
    public bool AllowsOrigin(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || _everyOrigin || origin == $"{request.Scheme}://{request.Host}" || IsAllowed(origin);
    }

    /// <summary>Custom headers that the frontend was configured to send (csrf); tokens only, so that nothing else gets into the header.</summary>
    private static string CsrfHeaders(string asked) => string.Join(", ", asked.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(name => name.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && name.Length <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')));

    private bool IsAllowed(string origin) => cors.Value.AllowedOrigins.Count > 0
        ? cors.Value.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        : Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.IsLoopback && uri.Scheme is "http" or "https";
}
