using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.WebClient.Tests.Browser;
using ITwinOrleans.WebClient.Tests.Servers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ITwinOrleans.WebClient.Tests.Pages;

/// <summary>Two people in one iModel: what one does is drawn for the other.</summary>
[Collection(PageTests.Name)]
public sealed class LiveEditingTests(ChromiumFixture chromium)
{
    /// <summary>A change of the model changes more of the picture, no change less.</summary>
    private const double Changed = 0.004, Same = 0.001;

    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds };

    private static Task<ProductServer> StartAsync() => ProductServer.StartOwnAsync([Path.Combine(PeerFiles.Data, LiveVisit.Key)]);

    [Fact]
    public async Task Insert_move_delete_and_undo_of_one_are_drawn_for_the_other()
    {
        await using ProductServer server = await StartAsync();
        await using LiveVisit ann = await LiveVisit.OpenAsync(chromium, server.Address), bob = await LiveVisit.OpenAsync(chromium, server.Address);
        await bob.PressAsync("History");
        string before = await bob.PictureWhenAsync(_ => Task.FromResult(true), "anything");

        await ann.InsertBoxAsync(0.5, 0.5, 12);
        await bob.SeeInHistoryAsync(1, "edit");
        string inserted = await bob.PictureWhenAsync(async now => await bob.DifferenceAsync(before, now) > Changed, "the inserted box");

        await ann.ClickInViewAsync(0.5, 0.48);
        await Expect(ann.Page.Locator("[data-element]")).ToBeVisibleAsync(Patiently);
        await ann.MoveToAsync("14");
        await bob.SeeInHistoryAsync(2, "edit");
        await bob.PictureWhenAsync(
            async now => await bob.DifferenceAsync(inserted, now) > Changed && await bob.DifferenceAsync(before, now) > Changed, "the box at its new place");

        await ann.PressAsync("Delete selected (Del)");
        await bob.SeeInHistoryAsync(3, "edit");
        await bob.PictureWhenAsync(async now => await bob.DifferenceAsync(before, now) < Same, "that the box is gone");

        await ann.Page.Locator("[data-action=undo]").ClickAsync();
        await bob.SeeInHistoryAsync(4, "undo");
        await bob.PictureWhenAsync(async now => await bob.DifferenceAsync(before, now) > Changed, "the box again");
        await ann.Page.Locator("[data-action=undo]").ClickAsync();
        await bob.SeeInHistoryAsync(5, "undo");
        await bob.PictureWhenAsync(async now => await bob.DifferenceAsync(inserted, now) < Same, "the box at its first place");

        using var http = new HttpClient();
        JsonNode feed = (await http.GetFromJsonAsync<JsonNode>(new Uri(server.Address, $"/api/imodels/{LiveVisit.Key}/feed")))!;
        Assert.Equal(["edit", "edit", "edit", "undo", "undo"], feed["commits"]!.AsArray().Select(commit => (string?)commit!["kind"]));
    }

    [Fact]
    public async Task People_see_each_other_and_go_on_after_the_server_was_killed()
    {
        await using ProductServer server = await StartAsync();
        await using LiveVisit ann = await LiveVisit.OpenAsync(chromium, server.Address), bob = await LiveVisit.OpenAsync(chromium, server.Address);
        await Expect(ann.Page.Locator(".people-button .person-avatar")).ToHaveCountAsync(2, new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });
        await bob.PressAsync("History");
        await ann.InsertBoxAsync(0.3, 0.5, 3);
        await bob.SeeInHistoryAsync(1, "edit");

        await server.KillAsync();
        await Expect(ann.Page.Locator(".connection-lost")).ToBeVisibleAsync(Patiently);
        await server.StartAgainAsync();
        await Expect(ann.Page.Locator(".connection-lost")).ToBeHiddenAsync(new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });

        await ann.InsertBoxAsync(0.6, 0.5, 3);
        await bob.SeeInHistoryAsync(2, "edit");
    }

    [Fact]
    public async Task Version_is_named_and_shown_beside_the_live_iModel()
    {
        await using ProductServer server = await StartAsync();
        await using LiveVisit ann = await LiveVisit.OpenAsync(chromium, server.Address);
        await ann.InsertBoxAsync(0.4, 0.5, 6);
        await Expect(ann.Page.Locator(".edit-pending[data-pending=false]")).ToBeVisibleAsync(Patiently);
        await ann.PressAsync("Versions");
        await ann.Page.GetByLabel("Name of the version").FillAsync("With a box");
        await ann.PressAsync("Name");
        ILocator version = ann.Page.Locator("[data-version='1']");
        await Expect(version).ToContainTextAsync("With a box", new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });

        await version.GetByRole(AriaRole.Button, new() { Name = "Show beside the live iModel" }).ClickAsync();
        ILocator pane = ann.Page.Locator(".version-pane");
        await Expect(pane).ToContainTextAsync("read-only", new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });
        await pane.Locator("canvas").First.WaitForAsync(new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });

        IDownload download = await ann.Page.RunAndWaitForDownloadAsync(async () =>
        {
            await version.GetByRole(AriaRole.Button, new() { Name = "Download" }).ClickAsync();
            await ann.Page.GetByRole(AriaRole.Menuitem, new() { Name = "iModel file" }).ClickAsync();
        });
        await using Stream file = await download.CreateReadStreamAsync();
        byte[] start = new byte[15];
        await file.ReadExactlyAsync(start);
        Assert.Equal("SQLite format 3", System.Text.Encoding.ASCII.GetString(start));
    }

    [Fact]
    public async Task IModel_that_can_only_be_read_has_no_tools_to_edit()
    {
        await using ProductServer server = await ProductServer.StartOwnAsync([Path.Combine(PeerFiles.Data, "test.bim")]);
        await using ViewerVisit visit = await ViewerVisit.AtIModelAsync(chromium, server.Address, "test.bim");
        await Expect(visit.Page.GetByRole(AriaRole.Toolbar, new() { Name = "Edit" })).ToHaveCountAsync(0);
    }
}
