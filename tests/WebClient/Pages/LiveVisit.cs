using ITwinOrleans.WebClient.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ITwinOrleans.WebClient.Tests.Pages;

/// <summary>A person on the page of a live iModel.</summary>
internal sealed class LiveVisit(ViewerVisit visit) : IAsyncDisposable
{
    /// <summary>The iModel: it can be edited.</summary>
    public const string Key = "edit.bim";

    /// <summary>Two pictures that differ less show the same.</summary>
    private const double Still = 0.0002;

    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds };

    public IPage Page => visit.Page;

    public static async Task<LiveVisit> OpenAsync(ChromiumFixture chromium, Uri server) => new(await ViewerVisit.AtIModelAsync(chromium, server, Key, page =>
    {
        page.SetDefaultTimeout(60_000);
        return page.SetViewportSizeAsync(1280, 640);
    }));

    public Task PressAsync(string name) => visit.PressAsync(name);


    /// <summary>Inserts a box by a click into the view.</summary>
    /// <param name="x">Where, as a part of the view's width.</param>
    /// <param name="y">Where, as a part of the view's height.</param>
    /// <param name="size">Its edges, in metres.</param>
    public async Task InsertBoxAsync(double x, double y, int size)
    {
        await PressAsync("Insert");
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Box" }).ClickAsync();
        foreach (string name in (string[])["Width (m)", "Depth (m)", "Height (m)"])
            await Page.GetByLabel(name).FillAsync(size.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Category" }).Or(Page.GetByRole(AriaRole.Combobox, new() { Name = "Category" })).First).ToContainTextAsync("Cat");
        await ClickInViewAsync(x, y);
        await PressAsync("Select (Esc)");
    }

    /// <summary>Clicks into the view.</summary>
    public async Task ClickInViewAsync(double x, double y)
    {
        LocatorBoundingBoxResult box = await visit.Viewport.BoundingBoxAsync() ?? throw new InvalidOperationException("The viewport has no place.");
        await Page.Mouse.ClickAsync((float)(box.X + (box.Width * x)), (float)(box.Y + (box.Height * y)), new() { Delay = 50 });
    }

    /// <summary>Moves the selected element to another place, by typing it.</summary>
    public async Task MoveToAsync(string x)
    {
        await Page.Locator("#position-x").FillAsync(x);
        await Page.GetByRole(AriaRole.Form, new() { Name = "Position" }).GetByRole(AriaRole.Button, new() { Name = "Move" }).ClickAsync();
    }

    /// <summary>Waits until the history panel, which must be open, shows a change.</summary>
    public Task SeeInHistoryAsync(int sequence, string kind) => Expect(Page.Locator($"[data-sequence='{sequence}'][data-kind={kind}]")).ToBeVisibleAsync(Patiently);

    /// <summary>Takes pictures of the view until one is as wanted and the next one is the same: others' cursors, which come and go by themselves, are not in it.</summary>
    /// <exception cref="TimeoutException">None was.</exception>
    public async Task<string> PictureWhenAsync(Func<string, Task<bool>> isAsWanted, string what)
    {
        using var patience = new CancellationTokenSource(ChromiumFixture.Patience);
        string? before = null;
        string last = "";
        while (!patience.IsCancellationRequested)
        {
            await visit.WaitUntilDrawnAsync();
            string picture = await visit.PictureAsync();
            bool isWanted = await isAsWanted(picture);
            if (isWanted && before is not null && await DifferenceAsync(before, picture) < Still)
                return picture;
            (before, last) = (isWanted ? picture : null, picture);
        }

        string file = Path.Combine(Path.GetTempPath(), $"itwin-view-{Guid.NewGuid():N}.png");
        await File.WriteAllBytesAsync(file, Convert.FromBase64String(last[(last.IndexOf(',', StringComparison.Ordinal) + 1)..]));
        throw new TimeoutException($"The view did not show {what}; what it showed last is in {file}.");
    }

    public async Task<double> DifferenceAsync(string first, string second) => await Page.DifferenceAsync(first, second);

    public ValueTask DisposeAsync() => visit.DisposeAsync();
}
