using ITwinOrleans.Tests.Peer;
using ITwinOrleans.WebClient.Tests.Browser;
using ITwinOrleans.WebClient.Tests.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ITwinOrleans.WebClient.Tests.Pages;

/// <summary>The page of a server that wants access tokens: signed by an issuer, checked by the server, with rights by iModel.</summary>
[Collection(PageTests.Name)]
public sealed class SignInTests(ChromiumFixture chromium, SignInServer server) : IClassFixture<SignInServer>
{
    private const string RichId = "23166185-f608-421e-95e3-5d4397faf5d1";
    private static readonly float Patience = (float)ChromiumFixture.Patience.TotalMilliseconds;

    [Fact]
    public async Task Catalogue_withoutAGoodToken_asksForOneAndShowsNothing()
    {
        await using ViewerVisit visit = await ViewerVisit.AtCatalogueAsync(chromium, server.Address);
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("sign in", new() { IgnoreCase = true, Timeout = Patience });

        Task<IResponse> refused = visit.Page.WaitForResponseAsync(response => response.Url.EndsWith("/api/imodels", StringComparison.Ordinal));
        await EnterAsync(visit, server.TokenForAnother());

        Assert.Equal(401, (await refused).Status);
        await Expect(visit.Page.GetByLabel("Access token")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-key]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Viewer_tokenToReadOneIModel_showsThatOneWithTilesAndQueries()
    {
        await using ViewerVisit visit = await SignedInAsync($"{RichId}:read");
        await Expect(visit.Page.Locator("[data-key]")).ToHaveCountAsync(1);

        await visit.Page.Locator("[data-key='rich.bim'] a[aria-label^=Open]").ClickAsync();
        await visit.WaitUntilDrawnAsync();
        string full = await visit.PictureAsync();
        await visit.PressAsync("Hide all");
        await Expect(visit.Page.Locator("[data-kind=model][data-visibility=hidden]")).ToHaveCountAsync(4);

        Assert.True(await visit.Page.DifferenceAsync(full, await visit.PictureAsync()) > 0.05, "There was nothing to see.");
        await visit.PressAsync("ECSQL console");
        await visit.RunQueryAsync("SELECT COUNT(*) FROM bis.GeometricElement3d");
        await Expect(visit.Page.Locator(".result-table tbody td").Nth(1)).ToHaveTextAsync("5000");
    }

    [Fact]
    public async Task Add_tokenToReadOnly_saysThatItIsNotAllowedAndTokenToManageAddsTheFile()
    {
        string name = $"signed-{Guid.NewGuid():N}.bim";
        var file = new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = await File.ReadAllBytesAsync(Path.Combine(PeerFiles.Data, "JoesHouse.bim")) };
        await using (ViewerVisit reader = await SignedInAsync("*:read"))
        {
            await reader.Page.GetByLabel("iModel files").SetInputFilesAsync(file);
            await Expect(reader.Page.GetByLabel("Uploads").GetByRole(AriaRole.Alert)).ToContainTextAsync("right", new() { Timeout = Patience });
            await Expect(reader.Page.Locator($"[data-key='{name}']")).ToHaveCountAsync(0);
        }

        await using ViewerVisit manager = await SignedInAsync("*:manage");
        await manager.Page.GetByLabel("iModel files").SetInputFilesAsync(file);
        await Expect(manager.Page.Locator($"[data-key='{name}']")).ToContainTextAsync("1.40 MB", new() { Timeout = Patience });
    }

    private async Task<ViewerVisit> SignedInAsync(string rights)
    {
        ViewerVisit visit = await ViewerVisit.AtCatalogueAsync(chromium, server.Address);
        await EnterAsync(visit, server.Token(rights));
        await visit.Page.Locator("[data-key='rich.bim']").WaitForAsync();
        return visit;
    }

    private static async Task EnterAsync(ViewerVisit visit, string token)
    {
        await visit.Page.GetByLabel("Access token").FillAsync(token);
        await visit.PressAsync("Continue");
    }
}
