using ITwinOrleans.WebClient.Tests.Browser;
using Microsoft.Playwright;

namespace ITwinOrleans.WebClient.Tests.Pages;

/// <summary>What a person does on the page, in the words of the page.</summary>
public sealed class ViewerVisit(BrowserPage browser) : IAsyncDisposable
{
    /// <summary>Small, for the CPU draws the pictures.</summary>
    public const int Width = 960;

    /// <summary>See <see cref="Width"/>.</summary>
    public const int Height = 560;

    /// <summary>The browser's page.</summary>
    public IPage Page => browser.Page;

    /// <summary>The element that the 3D view is drawn into.</summary>
    public ILocator Viewport => Page.Locator(".viewport");

    /// <summary>The ECSQL that the console runs next.</summary>
    public ILocator Editor => Page.GetByRole(AriaRole.Textbox, new() { Name = "ECSQL" });

    /// <summary>Opens the catalogue.</summary>
    public static async Task<ViewerVisit> AtCatalogueAsync(ChromiumFixture chromium, Uri server)
    {
        var visit = new ViewerVisit(await chromium.NewPageAsync(Width, Height));
        await visit.Page.GotoAsync(server.AbsoluteUri);
        return visit;
    }

    /// <summary>Opens an iModel by its address and waits until its view is complete.</summary>
    /// <param name="chromium">The browser.</param>
    /// <param name="server">Whose page.</param>
    /// <param name="key">The iModel's file key.</param>
    /// <param name="prepare">What happens to the page before it goes there.</param>
    public static async Task<ViewerVisit> AtIModelAsync(ChromiumFixture chromium, Uri server, string key, Func<IPage, Task>? prepare = null)
    {
        var visit = new ViewerVisit(await chromium.NewPageAsync(Width, Height));
        if (prepare is not null)
            await prepare(visit.Page);
        await visit.Page.GotoAsync(new Uri(server, "/#/imodel/" + key).AbsoluteUri);
        await visit.WaitUntilDrawnAsync();
        return visit;
    }

    /// <summary>Waits until all tiles of the view are drawn.</summary>
    public Task WaitUntilDrawnAsync() =>
        Page.Locator(".tile-progress[data-loading=false]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>The drawn view as a PNG data URL, tool bars included.</summary>
    public async Task<string> PictureAsync()
    {
        // Away from the view, so that no element is highlighted.
        await Page.Mouse.MoveAsync(0, 0);
        return PictureComparer.ToDataUrl(await Viewport.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled }));
    }

    /// <summary>Presses a button by its name.</summary>
    public Task PressAsync(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).First.ClickAsync();

    /// <summary>Runs ECSQL in the console, which must be open.</summary>
    public async Task RunQueryAsync(string ecsql)
    {
        await Editor.FillAsync(ecsql);
        await Editor.PressAsync("Control+Enter");
        await Page.Locator(".console-result[aria-busy=false]").WaitForAsync();
    }

    public ValueTask DisposeAsync() => browser.DisposeAsync();
}
