using ITwinOrleans.WebClient.Tests.Browser;
using ITwinOrleans.WebClient.Tests.Servers;
using Microsoft.Playwright;

namespace ITwinOrleans.WebClient.Tests.Unmodified;

/// <summary>An unmodified iTwin.js application that edits, on a page of its own (<c>frontend/editing.ts</c>).</summary>
internal sealed class EditingFrontend(BrowserPage browser) : IAsyncDisposable
{
    /// <summary>The page, whose decoder compares pictures.</summary>
    public IPage Page => browser.Page;

    /// <summary>Opens the page, and on it an iModel.</summary>
    /// <param name="chromium">The browser.</param>
    /// <param name="frontend">Where the page is.</param>
    /// <param name="backend">The server.</param>
    /// <param name="file">The iModel's file name.</param>
    public static async Task<EditingFrontend> OpenAsync(ChromiumFixture chromium, FrontendServer frontend, Uri backend, string file)
    {
        BrowserPage page = await chromium.NewPageAsync(640, 480);
        page.Page.SetDefaultTimeout(60_000);
        var app = new EditingFrontend(page);
        string query = $"backend={Uri.EscapeDataString(backend.GetLeftPart(UriPartial.Authority))}&file={Uri.EscapeDataString(file)}";
        await app.Page.GotoAsync(new Uri(frontend.Address, "/editing.html?" + query).AbsoluteUri);
        await app.Page.WaitForFunctionAsync("window.app !== undefined || window.failure !== undefined");
        string? failure = await app.Page.EvaluateAsync<string?>("window.failure ?? null");
        Assert.True(failure is null, $"{failure}\n{string.Join('\n', page.Errors)}");
        return app;
    }

    public Task EnterScopeAsync() => Page.EvaluateAsync("window.app.enterScope()");

    public Task ExitScopeAsync() => Page.EvaluateAsync("window.app.exitScope()");

    public Task<string> InsertAsync(string label, int x, int y) => Page.EvaluateAsync<string>("([label, x, y]) => window.app.insert(label, x, y)", new object[] { label, x, y });

    public Task MoveAsync(string id, int x, int y) => Page.EvaluateAsync("([id, x, y]) => window.app.move(id, x, y)", new object[] { id, x, y });

    /// <summary>Deletes an element.</summary>
    /// <returns>Why not, or null.</returns>
    public Task<string?> TryRemoveAsync(string id) => Page.EvaluateAsync<string?>("(id) => window.app.remove(id).then(() => null, (error) => error.message)", id);

    public Task SaveAsync(string description) => Page.EvaluateAsync("(text) => window.app.save(text)", description);

    public Task AbandonAsync() => Page.EvaluateAsync("window.app.abandon()");

    /// <returns>The IModelStatus.</returns>
    public Task<int> UndoAsync() => Page.EvaluateAsync<int>("window.app.undo()");

    /// <returns>The IModelStatus.</returns>
    public Task<int> RedoAsync() => Page.EvaluateAsync<int>("window.app.redo()");

    public Task<string[]> LabelsAsync(string start) => Page.EvaluateAsync<string[]>("(start) => window.app.labels(start)", start);

    public Task<string> PictureAsync() => Page.EvaluateAsync<string>("window.app.picture()");

    /// <summary>The events since the last call.</summary>
    public Task<string[]> TakeEventsAsync() => Page.EvaluateAsync<string[]>("window.app.takeEvents()");

    /// <summary>Waits until an event has come.</summary>
    public Task WhenAsync(string happened) => Page.WaitForFunctionAsync("(event) => window.app.events.includes(event)", happened);

    public ValueTask DisposeAsync() => browser.DisposeAsync();
}
