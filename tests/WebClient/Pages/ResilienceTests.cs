using ITwinOrleans.Tests.Peer;
using ITwinOrleans.WebClient.Tests.Browser;
using ITwinOrleans.WebClient.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace ITwinOrleans.WebClient.Tests.Pages;

/// <summary>The page goes on by itself when the server was away or closed the iModel.</summary>
[Collection(PageTests.Name)]
public sealed class ResilienceTests(ChromiumFixture chromium, ServersFixture servers)
{
    private const string Query = "SELECT COUNT(*) AS n FROM bis.GeometricElement3d";

    [Fact]
    public async Task Query_serverAway_waitsAndIsAnsweredWhenItIsBack()
    {
        await using FrontendServer server = await FrontendServer.StartAsync(WebBundle.Client, await servers.ProductAsync());
        await using ViewerVisit visit = await ViewerVisit.AtIModelAsync(chromium, server.Address, "rich.bim");
        await visit.PressAsync("ECSQL console");

        server.IsAway = true;
        await visit.Editor.FillAsync(Query);
        await visit.Editor.PressAsync("Control+Enter");
        await Expect(visit.Page.GetByText("Connection lost, reconnecting")).ToBeVisibleAsync(new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });
        server.IsAway = false;

        await Expect(visit.Page.Locator(".result-table tbody")).ToContainTextAsync("5000", new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });
        await Expect(visit.Page.GetByText("Connection lost, reconnecting")).ToBeHiddenAsync(new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });
    }

    [PeerFact]
    public async Task Query_serverClosedTheIModel_opensItAgain()
    {
        Uri peer = await servers.PeerAsync();
        await using FrontendServer server = await FrontendServer.StartAsync(WebBundle.Client, peer, asksForOlderInterface: true);
        await using ViewerVisit visit = await ViewerVisit.AtIModelAsync(chromium, server.Address, "rich.bim");
        await visit.PressAsync("ECSQL console");
        using var client = new HttpClient();
        string closed = await client.GetStringAsync(new Uri(peer, "/admin/close?key=rich.bim"));
        Assert.Contains("\"closed\":true", closed, StringComparison.Ordinal);

        await visit.RunQueryAsync(Query);

        await Expect(visit.Page.Locator(".result-table tbody")).ToContainTextAsync("5000", new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });
    }
}
