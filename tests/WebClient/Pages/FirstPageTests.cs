using System.Diagnostics;
using ITwinOrleans.WebClient.Tests.Browser;
using ITwinOrleans.WebClient.Tests.Servers;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace ITwinOrleans.WebClient.Tests.Pages;

/// <summary>The first visit of a server that has just started: nothing is read, compiled or cached yet, in the server and in the browser.</summary>
[Collection(PageTests.Name)]
public sealed class FirstPageTests(ChromiumFixture chromium, ITestOutputHelper output)
{
    /// <remarks>How long it took is written, not judged: it depends on the machine. The last figure is in docs/benchmarks.md.</remarks>
    [Fact]
    public async Task Catalogue_firstVisit_showsTheIModels()
    {
        await using ProductServer server = await ProductServer.StartOwnAsync([ServersFixture.RichFile]);
        long up = Stopwatch.GetTimestamp();

        await using ViewerVisit visit = await ViewerVisit.AtCatalogueAsync(chromium, server.Address);
        await Expect(visit.Page.Locator("[data-key='rich.bim']")).ToContainTextAsync("13.2 MB", new() { Timeout = (float)ChromiumFixture.Patience.TotalMilliseconds });

        output.WriteLine($"The list of iModels was there {Stopwatch.GetElapsedTime(up).TotalSeconds:0.0} s after the server said that it serves.");
        await visit.Page.Locator("[data-key='rich.bim'] a[aria-label^=Open]").ClickAsync();
        await visit.WaitUntilDrawnAsync();
        output.WriteLine($"The first iModel was drawn {Stopwatch.GetElapsedTime(up).TotalSeconds:0.0} s after that.");
    }
}
