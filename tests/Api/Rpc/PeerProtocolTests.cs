using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Api.Tests.Rpc;

/// <summary>The same raw cases, fired at the Node.js backend and here: the statuses and the headers that matter are the same.</summary>
public sealed class PeerProtocolTests(PeerProtocolTests.Both both) : IClassFixture<PeerProtocolTests.Both>
{
    public static TheoryData<string> Names => [.. ProtocolCases.All.Select(found => found.Name)];

    [PeerTheory]
    [MemberData(nameof(Names))]
    public async Task Request_raw_answersAsThePeer(string name)
    {
        ProtocolCase found = ProtocolCases.All.Single(item => item.Name == name);

        RawResponse theirs = await RawHttp.SendAsync(both.PeerPort, found.Request);
        RawResponse ours = await RawHttp.SendAsync(both.OurPort, found.Request);

        Assert.True(found.Status == theirs.Status, $"the case is wrong; the peer answers {theirs.Status}: {theirs.Text}");
        Assert.True(found.Body(theirs.Text), $"the case is wrong; the peer answers {theirs.Text}");
        Assert.Equal(theirs.Status, ours.Status);
        if (found.ContentType is not null)
            Assert.Equal(MediaType(theirs), MediaType(ours));
        Assert.Equal(Caching(theirs), Caching(ours));
        if (theirs.Header("X-Protocol-Version") is { } version)
            Assert.Equal(version, ours.Header("X-Protocol-Version"));
    }

    private static string MediaType(RawResponse response) => (response.Header("Content-Type") ?? "").Split("boundary=")[0];

    /// <summary>No header and <c>no-store</c> are one: not to be kept. The peer lets browsers keep errors and answers to POST by saying nothing.</summary>
    private static string? Caching(RawResponse response) => response.Header("Cache-Control") is "no-store" ? null : response.Header("Cache-Control");

    public sealed class Both : IAsyncLifetime
    {
        private ApiServer? _ours;
        private RunningServer? _peer;

        public int OurPort => _ours!.Port;

        public int PeerPort => _peer!.Port;

        public async Task InitializeAsync()
        {
            if (!PeerFiles.IsAvailable)
                return;
            _ours = await ApiServer.StartAsync(("Rpc:ErrorStatusCodes", "ByCategory"), ("Tiles:Enabled", "false"));
            _peer = await PeerProgram.StartAsync([Path.Combine(PeerFiles.Data, "test.bim")]);
            RawResponse opened = await RawHttp.SendAsync(_peer.Port, ProtocolCases.Open);
            Assert.Equal(200, opened.Status);
        }

        public async Task DisposeAsync()
        {
            if (_ours is not null)
                await _ours.DisposeAsync();
            if (_peer is not null)
                await _peer.DisposeAsync();
        }
    }
}
