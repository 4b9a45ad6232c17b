using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Api.Tests.Rpc;

/// <summary>Every raw case, here. The statuses are those of core-backend; <see cref="ReadableStatusTests"/> has this server's default.</summary>
public sealed class ProtocolTests(ProtocolTests.Server server) : IClassFixture<ProtocolTests.Server>
{
    public static TheoryData<string> Names => [.. ProtocolCases.All.Select(found => found.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_raw_answersAsTheProtocolSays(string name)
    {
        ProtocolCase found = ProtocolCases.All.Single(item => item.Name == name);

        RawResponse response = await RawHttp.SendAsync(server.Port, found.Request);

        Assert.True(found.Status == response.Status, $"{response.Status}: {response.Text}");
        Assert.True(found.Body(response.Text), response.Text);
        Assert.Equal("2", response.Header("X-Protocol-Version"));
        if (found.ContentType is not null)
            Assert.StartsWith(found.ContentType, response.Header("Content-Type"), StringComparison.Ordinal);
    }

    public sealed class Server : IAsyncLifetime
    {
        private ApiServer? _server;

        public int Port => _server!.Port;

        public async Task InitializeAsync() => _server = await ApiServer.StartAsync(("Rpc:ErrorStatusCodes", "ByCategory"), ("Tiles:Enabled", "false"));

        public Task DisposeAsync() => _server!.DisposeAsync().AsTask();
    }
}
