using System.Security.Cryptography;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace ITwinOrleans.Api.Tests.Security;

/// <summary>With an issuer configured, every RPC request needs a token of it that is good here, and a right to the iModel.</summary>
public sealed class AuthenticationTests : IAsyncLifetime
{
    private const string IModelId = "dbd4826b-4f72-423c-b4fa-ff8205f2bae7";
    private TokenIssuer _issuer = null!;
    private ApiServer _server = null!;

    public async Task InitializeAsync()
    {
        _issuer = await TokenIssuer.StartAsync();
        _server = await ApiServer.StartAsync(
            ("Authentication:Authority", _issuer.Url), ("Authentication:Audience", "itwin-server"), ("Authentication:RequireHttpsMetadata", "false"));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Theory]
    [InlineData(IModelId + ":read")]
    [InlineData(IModelId + ":manage")]
    [InlineData("*:read")]
    [InlineData("""["other:read","*:write"]""")]
    [InlineData("other:read *:read")]
    public async Task Token_withTheRight_isServed(string right) => Assert.Equal(200, (await SendAsync(_issuer.Token(claims: ("imodels", right)))).Status);

    [Theory]
    [InlineData("9bd4826b-4f72-423c-b4fa-ff8205f2bae7:manage")]
    [InlineData(IModelId + ":none")]
    [InlineData(IModelId)]
    [InlineData(":read")]
    [InlineData("[broken")]
    public async Task Token_withoutTheRight_isRefusedReadably(string right)
    {
        RawResponse response = await SendAsync(_issuer.Token(claims: ("imodels", right)));

        Assert.Equal(500, response.Status);
        Assert.Contains("\"errorNumber\":102404", response.Text, StringComparison.Ordinal);
        Assert.Empty(_server.Router.Calls);
    }

    [Fact]
    public async Task Token_wrongInAnyPart_is401AndNothingRuns()
    {
        using RSA stranger = RSA.Create(2048);
        var forged = new SigningCredentials(new RsaSecurityKey(stranger) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256);
        string good = _issuer.Token(claims: ("imodels", "*:manage"));
        string[] parts = good.Split('.');
        string[] tokens =
        [
            _issuer.Token(audience: "another", claims: ("imodels", "*:manage")), _issuer.Token(issuer: "http://evil.example", claims: ("imodels", "*:manage")),
            _issuer.Token(expires: DateTime.UtcNow.AddMinutes(-10), claims: ("imodels", "*:manage")), _issuer.Token(credentials: forged, claims: ("imodels", "*:manage")),
            $"eyJhbGciOiJub25lIn0.{parts[1]}.", $"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA", "nonsense", "",
        ];
        foreach (string token in tokens)
        {
            RawResponse response = await SendAsync(token);

            Assert.True(response.Status == 401, $"{response.Status} for {token}");
            Assert.StartsWith("Bearer", response.Header("WWW-Authenticate"), StringComparison.Ordinal);
            Assert.Contains("\"isError\":true", response.Text, StringComparison.Ordinal);
        }

        Assert.Empty(_server.Router.Calls);
        Assert.Equal(200, (await SendAsync(good)).Status);
    }

    [Theory]
    [InlineData("role", "operator", 500, "declare")]
    [InlineData("role", "viewer", 500, "for operators")]
    public async Task Operation_ofOperators_needsTheClaim(string type, string value, int status, string message)
    {
        string token = _issuer.Token(claims: [("imodels", "*:manage"), (type, value)]);

        RawResponse response = await RawHttp.SendAsync(
            _server.Port, RawRequest.Post("/DevToolsRpcInterface-0.7.0-" + (value == "operator" ? "nothing" : "stats"), "[]").With("Authorization", "Bearer " + token));

        Assert.Equal(status, response.Status);
        Assert.Contains(message, response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preflight_withoutToken_isAnswered() =>
        Assert.Equal(200, (await RawHttp.SendAsync(_server.Port, new RawRequest("OPTIONS", "/x/imodel/y") { Headers = [("Origin", "https://a.example")] })).Status);

    [Fact]
    public async Task Access_ofTheCaller_goesWithTheCall()
    {
        await SendAsync(_issuer.Token(claims: ("imodels", IModelId + ":write")));

        Assert.True(_server.Router.Calls.TryDequeue(out var received));
        IIModelAccess access = received.Target.Access;
        Assert.True(access.Allows(IModelId, IModelRight.Read) && access.Allows(IModelId.ToUpperInvariant(), IModelRight.Write));
        Assert.False(access.Allows(IModelId, IModelRight.Manage) || access.Allows("other", IModelRight.Read) || access.Allows("", IModelRight.Read) || access.IsOperator);
    }

    private Task<RawResponse> SendAsync(string token) => RawHttp.SendAsync(
        _server.Port,
        RawRequest.Post($"/t/v/mode/1/context/i/imodel/{IModelId}/changeset/0/IModelReadRpcInterface-3.8.0-getDefaultViewId", """[{"key":"test.bim"}]""").With("Authorization", "Bearer " + token));
}
