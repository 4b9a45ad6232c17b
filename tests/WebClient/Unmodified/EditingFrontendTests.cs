using ITwinOrleans.Tests.Peer;
using ITwinOrleans.WebClient.Tests.Browser;
using ITwinOrleans.WebClient.Tests.Servers;

namespace ITwinOrleans.WebClient.Tests.Unmodified;

/// <summary>Unmodified iTwin.js applications edit over our socket: one, and two in one iModel at once.</summary>
[Collection(PageTests.Name)]
public sealed class EditingFrontendTests(ChromiumFixture chromium)
{
    private const string File = "edit.bim";

    /// <summary>The sphere covers more of the picture than the one, and nothing changes as much as the other.</summary>
    private const double Changed = 0.005, Same = 0.001;

    // core-bentley IModelStatus.
    private const int Success = 0, NothingToUndo = 65579;

    [Theory]
    [InlineData("5.5.2")]
    [InlineData("5.9.2")]
    public async Task Application_edits_in_a_scope_undoes_redoes_saves_and_abandons(string version)
    {
        await using FrontendServer frontend = await FrontendServer.StartAsync(WebBundle.UnmodifiedFrontend(version), null);
        await using ProductServer server = await StartAsync(frontend);
        await using EditingFrontend app = await EditingFrontend.OpenAsync(chromium, frontend, server.Address, File);
        string before = await app.PictureAsync();
        await app.EnterScopeAsync();
        string id = await app.InsertAsync("one", 10, 10);
        Assert.Empty(await app.TakeEventsAsync());
        await app.SaveAsync("an insert");
        Assert.Equal(["commit", "geometryChanges", "modelGeometryChanged", "elementsChanged", "committed true"], await app.TakeEventsAsync());
        string inserted = await app.PictureAsync();
        Assert.True(await app.Page.DifferenceAsync(before, inserted) > Changed, "The sphere was not drawn.");

        await app.MoveAsync(id, 30, 10);
        await app.SaveAsync("a move");
        await app.TakeEventsAsync();
        string moved = await app.PictureAsync();
        Assert.True(await app.Page.DifferenceAsync(inserted, moved) > Changed, "The sphere was not drawn at its new place.");
        Assert.Equal(Success, await app.UndoAsync());
        Assert.Equal(["before undo", "elementsChanged", "changesApplied", "geometryChanges", "modelGeometryChanged", "after undo"], await app.TakeEventsAsync());
        Assert.Equal(Success, await app.RedoAsync());
        Assert.Equal("after redo", (await app.TakeEventsAsync())[^1]);

        await app.InsertAsync("abandoned", 20, 20);
        await app.AbandonAsync();
        Assert.NotNull(await app.TryRemoveAsync("0x999999"));
        await app.SaveAsync("nothing");
        await app.ExitScopeAsync();
        Assert.Equal(["one"], await app.LabelsAsync("one"));
        Assert.Empty(await app.LabelsAsync("abandoned"));
        string last = await app.PictureAsync();
        double difference = await app.Page.DifferenceAsync(moved, last);
        Assert.True(difference < Changed, $"Outside of the scope {difference:P2} of the picture differ.");
        Assert.Equal((Success, Success), (await app.UndoAsync(), await app.UndoAsync()));
        Assert.Equal(NothingToUndo, await app.UndoAsync());
        Assert.True(await app.Page.DifferenceAsync(before, await app.PictureAsync()) < Same, "Undone, the picture is not as at first.");
    }

    [Fact]
    public async Task Two_applications_in_one_iModel_see_each_others_saved_changes_and_undo_their_own()
    {
        await using FrontendServer frontend = await FrontendServer.StartAsync(WebBundle.UnmodifiedFrontend("5.9.2"), null);
        await using ProductServer server = await StartAsync(frontend);
        await using EditingFrontend ann = await EditingFrontend.OpenAsync(chromium, frontend, server.Address, File);
        await using EditingFrontend bob = await EditingFrontend.OpenAsync(chromium, frontend, server.Address, File);
        string before = await bob.PictureAsync();
        await ann.EnterScopeAsync();
        await bob.EnterScopeAsync();
        await ann.InsertAsync("ann's", 10, 10);
        await bob.InsertAsync("bob's", 30, 10);
        await ann.SaveAsync("ann's");
        await bob.WhenAsync("committed true");
        string[] labels = await bob.LabelsAsync("ann");
        Assert.Equal(["ann's"], labels);
        Assert.Empty(await ann.LabelsAsync("bob"));
        await bob.SaveAsync("bob's");
        Assert.Equal(["bob's"], await ann.LabelsAsync("bob"));
        await ann.ExitScopeAsync();
        await bob.ExitScopeAsync();
        string annsPicture = await ann.PictureAsync(), bobsPicture = await bob.PictureAsync();
        Assert.True(await bob.Page.DifferenceAsync(before, bobsPicture) > 2 * Changed, "Two spheres are not drawn.");
        Assert.True(await bob.Page.DifferenceAsync(annsPicture, bobsPicture) < Same, "The two see different pictures.");

        await ann.TakeEventsAsync();
        Assert.Equal(Success, await bob.UndoAsync());
        await ann.WhenAsync("committed true");
        Assert.Equal(NothingToUndo, await bob.UndoAsync());
        Assert.Equal(["ann's"], await ann.LabelsAsync("ann"));
        Assert.Empty(await ann.LabelsAsync("bob"));
    }

    private static Task<ProductServer> StartAsync(FrontendServer frontend) => ProductServer.StartOwnAsync(
        [Path.Combine(PeerFiles.Data, File)], "--Cors:AllowedOrigins:0", frontend.Address.GetLeftPart(UriPartial.Authority));
}
