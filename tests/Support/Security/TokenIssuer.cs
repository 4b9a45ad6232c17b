using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ITwinOrleans.Tests.Support;

/// <summary>An OpenID Connect issuer on loopback: a discovery document, its keys, and tokens signed with them.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly SigningCredentials _credentials;

    private TokenIssuer()
    {
        var key = new RsaSecurityKey(_rsa) { KeyId = "k1" };
        _credentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256);
        JsonWebKey published = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_rsa.ExportParameters(false)) { KeyId = "k1" });
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = Url, jwks_uri = Url + "/keys" }));
        _app.MapGet("/keys", () => Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "k1", alg = "RS256", n = published.N, e = published.E } } }));
    }

    public string Url => _app.Urls.First();

    public static async Task<TokenIssuer> StartAsync()
    {
        var issuer = new TokenIssuer();
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>A token; every part that a server must check can be made wrong.</summary>
    public string Token(string audience = "itwin-server", string? issuer = null, DateTime? expires = null, SigningCredentials? credentials = null, params (string Type, string Value)[] claims) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = true }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Url,
            Audience = audience,
            NotBefore = DateTime.UtcNow.AddHours(-2),
            Expires = expires ?? DateTime.UtcNow.AddHours(1),
            SigningCredentials = credentials ?? _credentials,
            Subject = new ClaimsIdentity([new Claim("sub", "somebody"), .. claims.Select(claim => new Claim(claim.Type, claim.Value))]),
        });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
    }
}
