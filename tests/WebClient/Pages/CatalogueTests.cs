using System.Text.RegularExpressions;
using ITwinOrleans.WebClient.Tests.Browser;
using ITwinOrleans.WebClient.Tests.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ITwinOrleans.WebClient.Tests.Pages;

/// <summary>The list of iModels.</summary>
[Collection(PageTests.Name)]
public sealed partial class CatalogueTests(ChromiumFixture chromium, ServersFixture servers)
{
    [Fact]
    public async Task Catalogue_serverWithIModels_showsNameSizeAndExtents()
    {
        await using ViewerVisit visit = await ViewerVisit.AtCatalogueAsync(chromium, await servers.ProductAsync());

        ILocator card = visit.Page.Locator("[data-key='rich.bim']");

        await Expect(card).ToContainTextAsync("13.2 MB");
        await Expect(card).ToContainTextAsync("114 m × 114 m × 38 m");
        await Expect(card).ToContainTextAsync("23166185-f608-421e-95e3-5d4397faf5d1");
    }

    [Fact]
    public async Task Catalogue_search_showsOnlyWhatMatches()
    {
        await using ViewerVisit visit = await ViewerVisit.AtCatalogueAsync(chromium, await servers.ProductAsync());
        await visit.Page.GetByPlaceholder("Find by name or id").FillAsync("23166185");

        await Expect(visit.Page.Locator("[data-key]")).ToHaveCountAsync(1);

        await visit.Page.GetByPlaceholder("Find by name or id").FillAsync("no such name");
        await Expect(visit.Page.GetByText("No iModel matches")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Catalogue_clickOnCard_opensTheViewer()
    {
        await using ViewerVisit visit = await ViewerVisit.AtCatalogueAsync(chromium, await servers.ProductAsync());

        await visit.Page.Locator("[data-key='rich.bim'] a[aria-label^=Open]").ClickAsync();
        await visit.WaitUntilDrawnAsync();

        await Expect(visit.Page).ToHaveURLAsync(ViewerAddress());
        await Expect(visit.Page.GetByText("Physical0")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Viewer_unknownKey_saysWhatIsMissingAndOffersTheCatalogue()
    {
        await using ViewerVisit visit = await ViewerVisit.AtCatalogueAsync(chromium, new Uri(await servers.ProductAsync(), "/#/imodel/none.bim"));

        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The server has no iModel \"none.bim\".", new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });
        await visit.Page.GetByText("All iModels").ClickAsync();

        await Expect(visit.Page.Locator("[data-key='rich.bim']")).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"/#/imodel/rich\.bim$")]
    private static partial Regex ViewerAddress();
}
