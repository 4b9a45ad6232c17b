using ITwinOrleans.Tests.Peer;
using ITwinOrleans.WebClient.Tests.Browser;
using ITwinOrleans.WebClient.Tests.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ITwinOrleans.WebClient.Tests.Pages;

/// <summary>An open iModel: picture, selection, properties, visibility, queries.</summary>
[Collection(PageTests.Name)]
public sealed class ViewerTests(ChromiumFixture chromium, ServersFixture servers)
{
    private const double AllowedDifference = 0.005;

    /// <summary>The share of pixels that at least change when everything is hidden: the model covers more than that.</summary>
    private const double ModelShare = 0.05;

    private static readonly LocatorAssertionsToContainTextOptions Patiently = new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds };

    [PeerFact]
    public async Task Viewport_defaultView_looksAsFromThePeer()
    {
        await using FrontendServer peer = await FrontendServer.StartAsync(WebBundle.Client, await servers.PeerAsync(), asksForOlderInterface: true);
        await using ViewerVisit expected = await ViewerVisit.AtIModelAsync(chromium, peer.Address, "rich.bim");
        await using ViewerVisit actual = await ViewerVisit.AtIModelAsync(chromium, await servers.ProductAsync(), "rich.bim");

        double difference = await actual.Page.DifferenceAsync(await expected.PictureAsync(), await actual.PictureAsync());

        Assert.True(difference < AllowedDifference, $"{difference:P2} of the pixels differ from the peer's picture.");
    }

    [Fact]
    public async Task ModelTree_hideAll_emptiesTheViewAndShowAllBringsItBack()
    {
        await using ViewerVisit visit = await ViewerVisit.AtIModelAsync(chromium, await servers.ProductAsync(), "rich.bim");
        await Expect(visit.Page.Locator("[data-kind=model]")).ToHaveCountAsync(4);
        string full = await visit.PictureAsync();

        await visit.PressAsync("Hide all");
        await Expect(visit.Page.Locator("[data-kind=model][data-visibility=hidden]")).ToHaveCountAsync(4);
        string empty = await visit.PictureAsync();
        await visit.PressAsync("Show all");
        await Expect(visit.Page.Locator("[data-kind=model][data-visibility=visible]")).ToHaveCountAsync(4);
        await visit.WaitUntilDrawnAsync();
        string again = await visit.PictureAsync();

        Assert.True(await visit.Page.DifferenceAsync(full, empty) > ModelShare, "Hiding every model left the picture as it was.");
        Assert.True(await visit.Page.DifferenceAsync(full, again) < AllowedDifference, "Showing every model again gave another picture.");
    }

    [Fact]
    public async Task Properties_clickOnAnElement_showsWhatTheIModelSaysOfIt()
    {
        await using ViewerVisit visit = await ViewerVisit.AtIModelAsync(chromium, await servers.ProductAsync(), "rich.bim");
        await Expect(visit.Page.GetByText("Nothing selected")).ToBeVisibleAsync();
        LocatorBoundingBoxResult box = await visit.Viewport.BoundingBoxAsync() ?? throw new InvalidOperationException("The viewport has no place.");

        await visit.Page.Mouse.ClickAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2), new() { Delay = 50 });
        ILocator properties = visit.Page.Locator("[data-element]");
        await properties.WaitForAsync();

        string id = await properties.GetAttributeAsync("data-element") ?? "";
        await Expect(properties).ToContainTextAsync("Generic : PhysicalObject", Patiently);
        await visit.PressAsync("ECSQL console");
        await visit.RunQueryAsync($"SELECT UserLabel FROM bis.Element WHERE ECInstanceId = {id}");
        string label = await visit.Page.Locator(".result-table tbody td").Nth(1).InnerTextAsync();
        await Expect(visit.Page.Locator(".element-head h3")).ToHaveTextAsync(label);
    }

    [Fact]
    public async Task Console_query_showsPagesAndTheTotal()
    {
        await using ViewerVisit visit = await ViewerVisit.AtIModelAsync(chromium, await servers.ProductAsync(), "rich.bim");
        await visit.PressAsync("ECSQL console");

        await visit.RunQueryAsync("SELECT ECInstanceId, UserLabel FROM bis.GeometricElement3d ORDER BY ECInstanceId;");

        await Expect(visit.Page.Locator(".result-table tbody tr")).ToHaveCountAsync(100);
        await Expect(visit.Page.Locator(".result-foot")).ToContainTextAsync("Rows 1–100 of 5,000", Patiently);
        await visit.PressAsync("Next page");
        await Expect(visit.Page.Locator(".result-foot")).ToContainTextAsync("Rows 101–200 of 5,000", Patiently);
    }

    [Fact]
    public async Task Console_wrongQuery_showsTheEnginesReason()
    {
        await using ViewerVisit visit = await ViewerVisit.AtIModelAsync(chromium, await servers.ProductAsync(), "rich.bim");
        await visit.PressAsync("ECSQL console");

        await visit.RunQueryAsync("SELECT Nothing FROM bis.Element");

        await Expect(visit.Page.Locator(".query-failure")).ToContainTextAsync("No property or enumeration found for expression 'Nothing'", Patiently);
    }

    [Fact]
    public async Task SavedViews_choose_turnsTheView()
    {
        await using ViewerVisit visit = await ViewerVisit.AtIModelAsync(chromium, await servers.ProductAsync(), "rich.bim");
        string before = await visit.PictureAsync();
        await visit.PressAsync("Saved views");

        await visit.Page.Locator(".view-list button", new() { HasText = "Top" }).ClickAsync();
        await Expect(visit.Page.Locator(".view-list button[aria-pressed=true]")).ToContainTextAsync("Top", Patiently);
        await visit.WaitUntilDrawnAsync();

        Assert.True(await visit.Page.DifferenceAsync(before, await visit.PictureAsync()) > ModelShare, "The other view gave the same picture.");
    }
}
