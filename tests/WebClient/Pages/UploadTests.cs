using ITwinOrleans.Tests.Peer;
using ITwinOrleans.WebClient.Tests.Browser;
using ITwinOrleans.WebClient.Tests.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ITwinOrleans.WebClient.Tests.Pages;

/// <summary>Adding iModels from the catalogue.</summary>
[Collection(PageTests.Name)]
public sealed class UploadTests(ChromiumFixture chromium, ServersFixture servers)
{
    private static readonly float Patience = (float)ChromiumFixture.Patience.TotalMilliseconds;

    [Fact]
    public async Task Add_iModelFile_appearsInTheCatalogue()
    {
        await using ViewerVisit visit = await ViewerVisit.AtCatalogueAsync(chromium, await servers.ProductAsync());
        string name = $"added-{Guid.NewGuid():N}.bim";

        await Choose(visit, name, await File.ReadAllBytesAsync(Path.Combine(PeerFiles.Data, "JoesHouse.bim")));

        await Expect(visit.Page.Locator($"[data-key='{name}']")).ToContainTextAsync("1.40 MB", new() { Timeout = Patience });
        await Expect(visit.Page.GetByLabel("Uploads")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Add_fileThatIsNoIModel_saysWhy()
    {
        await using ViewerVisit visit = await ViewerVisit.AtCatalogueAsync(chromium, await servers.ProductAsync());

        await Choose(visit, $"wrong-{Guid.NewGuid():N}.bim", "not an iModel"u8.ToArray());

        await Expect(visit.Page.GetByLabel("Uploads").GetByRole(AriaRole.Alert)).ToContainTextAsync("iModel", new() { Timeout = Patience });
    }

    [Fact]
    public async Task Add_nameThatExists_offersToReplaceIt()
    {
        await using ViewerVisit visit = await ViewerVisit.AtCatalogueAsync(chromium, await servers.ProductAsync());
        byte[] file = await File.ReadAllBytesAsync(Path.Combine(PeerFiles.Data, "JoesHouse.bim"));
        string name = $"twice-{Guid.NewGuid():N}.bim";
        await Choose(visit, name, file);
        await visit.Page.Locator($"[data-key='{name}']").WaitForAsync();

        await Choose(visit, name, file);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Replace" }).ClickAsync();

        await Expect(visit.Page.GetByLabel("Uploads")).ToHaveCountAsync(0, new() { Timeout = Patience });
    }

    private static Task Choose(ViewerVisit visit, string name, byte[] content) => visit.Page.GetByLabel("iModel files")
        .SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = content });
}
