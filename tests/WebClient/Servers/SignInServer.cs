using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.WebClient.Tests.Servers;

/// <summary>The product with an OpenID Connect issuer of the tests' own: without a token of it nobody sees anything.</summary>
public sealed class SignInServer : IAsyncLifetime
{
    private const string Audience = "itwin-server";
    private TokenIssuer? _issuer;
    private ProductServer? _server;

    /// <summary>Where it is.</summary>
    public Uri Address => _server!.Address;

    public async Task InitializeAsync()
    {
        _issuer = await TokenIssuer.StartAsync();
        _server = await ProductServer.StartOwnAsync(
            [ServersFixture.RichFile, Path.Combine(PeerFiles.Data, "test.bim")],
            "--Authentication:Authority", _issuer.Url, "--Authentication:Audience", Audience, "--Authentication:RequireHttpsMetadata", "false");
    }

    /// <summary>A token that the server takes.</summary>
    /// <param name="rights">The rights that it gives, for example <c>*:read</c>.</param>
    public string Token(string rights) => _issuer!.Token(Audience, claims: ("imodels", rights));

    /// <summary>A token of the right issuer for another service.</summary>
    public string TokenForAnother() => _issuer!.Token("another", claims: ("imodels", "*:manage"));

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_issuer is not null)
            await _issuer.DisposeAsync();
    }
}
