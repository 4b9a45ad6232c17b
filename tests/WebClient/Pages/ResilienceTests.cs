using System.Text.RegularExpressions;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.WebClient.Tests.Browser;
using ITwinOrleans.WebClient.Tests.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ITwinOrleans.WebClient.Tests.Pages;

/// <summary>The page goes on by itself when the server was away or closed the iModel.</summary>
[Collection(PageTests.Name)]
public sealed partial class ResilienceTests(ChromiumFixture chromium, ServersFixture servers)
{
    /// <summary>The share of pixels that the model covers at least.</summary>
    private const double ModelShare = 0.05;

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

    [Fact]
    public async Task View_tilesFailed_saysSoAndLoadsThemAgainOnDemand()
    {
        await using ViewerVisit visit = await ViewerVisit.AtIModelAsync(chromium, await servers.ProductAsync(), "rich.bim", FailTiles);
        ILocator notice = visit.Page.GetByText("The view is incomplete");
        await Expect(notice).ToBeVisibleAsync(new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });
        string incomplete = await visit.PictureAsync();

        await visit.Page.UnrouteAllAsync();
        await visit.PressAsync("Load again");
        await Expect(visit.Page.GetByText("4 tiles")).ToBeVisibleAsync(new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });
        await visit.WaitUntilDrawnAsync();

        Assert.True(await visit.Page.DifferenceAsync(incomplete, await visit.PictureAsync()) > ModelShare, "Nothing more was drawn.");
        await Expect(notice).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Viewer_workerKilled_goesOnByItself()
    {
        ProductServer server = await servers.ProductServerAsync();
        await using ViewerVisit visit = await ViewerVisit.AtIModelAsync(chromium, server.Address, "rich.bim");
        await visit.PressAsync("ECSQL console");
        await visit.RunQueryAsync(Query);
        if (server.IsOwn)
            Assert.NotEqual(0, server.KillWorkers());

        await visit.RunQueryAsync("SELECT COUNT(*) + 1 AS n FROM bis.GeometricElement3d");
        await visit.PressAsync("Saved views");
        await visit.Page.Locator(".view-list button", new() { HasText = "Top" }).ClickAsync();

        await Expect(visit.Page.Locator(".result-table tbody")).ToContainTextAsync("5001", new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });
        await Expect(visit.Page.Locator(".view-list button[aria-pressed=true]")).ToContainTextAsync("Top", new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });
        await visit.WaitUntilDrawnAsync();
        await Expect(visit.Page.GetByText("The view is incomplete")).ToBeHiddenAsync();
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

    /// <summary>Every request for a tile's content fails, over RPC and at the tile cache.</summary>
    private static Task FailTiles(IPage page) => page.RouteAsync(TileAddress(), route => route.FulfillAsync(new() { Status = 500 }));

    [GeneratedRegex("TileContent|/tiles/")]
    private static partial Regex TileAddress();
}
