using System.Text;
using ITwinOrleans.Api.Http;
using ITwinOrleans.Api.Live;
using ITwinOrleans.Api.Rpc;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace ITwinOrleans.Api.Security;

/// <summary>Access tokens in the header <c>Authorization: Bearer ...</c>, checked against the issuer's published keys.</summary>
internal static class BearerAuthentication
{
    /// <summary>Registers the check, where an issuer is configured.</summary>
    public static void AddITwinAuthentication(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration[$"{AuthenticationSettings.Section}:{nameof(AuthenticationSettings.Authority)}"]))
            return;
        services.AddAuthorization();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IOptions<AuthenticationSettings>>((bearer, settings) =>
        {
            bearer.Authority = settings.Value.Authority;
            bearer.Audience = settings.Value.Audience;
            bearer.RequireHttpsMetadata = settings.Value.RequireHttpsMetadata;
            bearer.MapInboundClaims = false;
            bearer.TokenValidationParameters = new TokenValidationParameters
            {
                ValidateIssuer = true,
                ValidateAudience = true,
                ValidateLifetime = true,
                ValidateIssuerSigningKey = true,
                RequireSignedTokens = true,
                RequireExpirationTime = true,
                ClockSkew = TimeSpan.FromMinutes(1),
            };
            bearer.Events = new JwtBearerEvents { OnChallenge = ChallengeAsync, OnMessageReceived = ReadFromQueryAsync };
        });
    }

    /// <summary>A browser's WebSocket has no headers: to the hub, and nowhere else, the token may come in the query (SignalR's <c>accessTokenFactory</c>).</summary>
    private static Task ReadFromQueryAsync(MessageReceivedContext received)
    {
        string token = received.Request.Query["access_token"].ToString();
        if (token.Length > 0 && received.Request.Path.StartsWithSegments(LiveEndpoints.Path, StringComparison.Ordinal))
            received.Token = token;
        return Task.CompletedTask;
    }

    /// <summary>Adds a body to the 401: the frontend of a browser gets the reason, and the CORS headers that let it read the status.</summary>
    private static Task ChallengeAsync(JwtBearerChallengeContext challenge)
    {
        challenge.HandleResponse();
        HttpContext context = challenge.HttpContext;
        context.RequestServices.GetRequiredService<CorsHeaders>().Apply(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = challenge.AuthenticateFailure is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        context.Response.Headers[RpcProtocol.ProtocolVersion] = RpcProtocol.ServerVersion;
        context.Response.Headers.CacheControl = RpcCacheHeaders.NoStore;
        context.Response.ContentType = RpcProtocol.Text;
        ReadOnlyMemory<byte> body = RpcErrorBody.OfMessage(challenge.AuthenticateFailure is null
            ? "Error: sign in: the request has no access token."
            : "Error: sign in again: the access token is not valid (any more).");
        context.Response.ContentLength = body.Length;
        return context.Response.BodyWriter.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
