using ITwinOrleans.WebClient.Tests.Browser;
using ITwinOrleans.WebClient.Tests.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ITwinOrleans.WebClient.Tests.Pages;

/// <summary>The page of silos and what they have open.</summary>
[Collection(PageTests.Name)]
public sealed class ClusterTests(ChromiumFixture chromium, ServersFixture servers)
{
    [Fact]
    public async Task Cluster_fromTheCatalogue_showsSiloWorkersAndWhatIsOpened()
    {
        await using ViewerVisit visit = await ViewerVisit.AtCatalogueAsync(chromium, await servers.ProductAsync());
        await visit.Page.Locator("[data-key='rich.bim'] a[aria-label^=Open]").ClickAsync();
        await visit.WaitUntilDrawnAsync();
        await visit.Page.GotoAsync(new Uri(await servers.ProductAsync(), "/#/").ToString());

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Cluster" }).ClickAsync();

        ILocator silo = visit.Page.Locator("[data-silo]");
        await Expect(silo).ToHaveCountAsync(1);
        await Expect(silo).ToHaveAttributeAsync("data-well", "true");
        await Expect(silo).ToContainTextAsync("Active");
        await Expect(silo.Locator(".workers li[data-state=ready]").First).ToBeVisibleAsync();
        ILocator open = visit.Page.Locator("[data-open='rich.bim']");
        await Expect(open).ToContainTextAsync("open");
        await Expect(open.Locator("a")).ToHaveAttributeAsync("href", "#/imodel/rich.bim");
    }

    [Fact]
    public async Task Cluster_iModelIsOpenedElsewhere_appearsByItself()
    {
        Uri server = await servers.ProductAsync();
        await using ViewerVisit watcher = await ViewerVisit.AtCatalogueAsync(chromium, new Uri(server, "/#/cluster"));
        await Expect(watcher.Page.Locator("[data-silo]")).ToHaveCountAsync(1);
        await using ViewerVisit visitor = await ViewerVisit.AtCatalogueAsync(chromium, new Uri(server, "/#/imodel/test.bim"));
        await visitor.WaitUntilDrawnAsync();

        await Expect(watcher.Page.Locator("[data-open='test.bim']")).ToBeVisibleAsync(new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });
    }
}
