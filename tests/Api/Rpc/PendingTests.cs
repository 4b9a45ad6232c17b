using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Api.Tests.Rpc;

/// <summary>Work that is not done yet: 202, and the same request again finds it.</summary>
public sealed class PendingTests
{
    private const string Managed = """{"iTwinRpcCoreResponse":true,"managedStatus":"pending","responseValue":""}""";
    private const string Path = "/t/v/mode/1/context/i/imodel/m/changeset/0/IModelTileRpcInterface-3.2.0-requestTileTreeProps";

    [Fact]
    public async Task Request_pending_isManagedThenResolved()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        RawRequest request = Ask("test.bim", "a");

        RawResponse first = await RawHttp.SendAsync(server.Port, request);
        RawResponse second = await RawHttp.SendAsync(server.Port, request);

        Assert.Equal((202, Managed), (first.Status, first.Text));
        Assert.Equal("no-store", first.Header("Cache-Control"));
        Assert.Equal(200, second.Status);
    }

    [Fact]
    public async Task Request_pendingForAnOldClient_hasTheBareMessage()
    {
        await using ApiServer server = await ApiServer.StartAsync();

        RawResponse response = await RawHttp.SendAsync(server.Port, Ask("test.bim", "b").Without("X-Protocol-Version"));

        Assert.Equal((202, ""), (response.Status, response.Text));
    }

    [PeerFact]
    public async Task Request_pendingAtThePeer_looksTheSame()
    {
        await using RunningServer peer = await PeerProgram.StartAsync([System.IO.Path.Combine(PeerFiles.Data, "rich.bim")], "--tiletimeout", "1");
        await RawHttp.SendAsync(peer.Port, RawRequest.Post("/SnapshotIModelRpcInterface-2.0.0-openRemote", """["rich.bim"]"""));
        string generate = Path.Replace("requestTileTreeProps", "generateTileContent", StringComparison.Ordinal);
        string token = """{"key":"rich.bim","iTwinId":"i","iModelId":"m","changeset":{"id":"","index":0}}""";

        RawResponse response = await RawHttp.SendAsync(peer.Port, RawRequest.Post(generate, $"[{token},\"25_1d-E:0_0x1e\",\"-b-1-0-0-0-1\",\"first_1\"]"));

        Assert.Equal((202, Managed), (response.Status, response.Text));
        Assert.StartsWith("text/plain", response.Header("Content-Type"), StringComparison.Ordinal);
    }

    private static RawRequest Ask(string key, string tree) =>
        RawRequest.Post(Path, $$$"""[{"key":"{{{key}}}","iTwinId":"i","iModelId":"m","changeset":{"id":"","index":0}},"{{{tree}}}"]""");
}
