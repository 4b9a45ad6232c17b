using System.Text.Json;
using ITwinOrleans.WebClient.Tests.Browser;
using ITwinOrleans.WebClient.Tests.Servers;
using Microsoft.Playwright;

namespace ITwinOrleans.WebClient.Tests.Unmodified;

/// <summary>One visit of an unmodified frontend to a backend.</summary>
/// <param name="Version">The version of iTwin.js.</param>
/// <param name="Mode">How it opens the iModel.</param>
/// <param name="Origin">Where the page comes from.</param>
public sealed record FrontendRun(string Version, OpenMode Mode, PageOrigin Origin)
{
    private const string ITwinId = "00000000-0000-0000-0000-000000000000";

    /// <summary>The id that the sample iModel <c>rich.bim</c> has in its file.</summary>
    private const string RichId = "23166185-f608-421e-95e3-5d4397faf5d1";

    /// <summary>Opens the page and waits for what it hands over.</summary>
    /// <param name="chromium">The browser.</param>
    /// <param name="backend">Who answers.</param>
    /// <param name="asksForOlderInterface">See <see cref="FrontendServer"/>; only the peer needs it.</param>
    public async Task<FrontendOutcome> VisitAsync(ChromiumFixture chromium, Uri backend, bool asksForOlderInterface = false)
    {
        string dist = WebBundle.UnmodifiedFrontend(Version);
        bool isForeign = Origin == PageOrigin.Cross;
        await using FrontendServer server = await FrontendServer.StartAsync(dist, isForeign ? null : backend, asksForOlderInterface);
        await using BrowserPage browser = await chromium.NewPageAsync(640, 480);
        string query = Mode == OpenMode.Checkpoint ? $"mode=checkpoint&iTwinId={ITwinId}&iModelId={RichId}" : "mode=snapshot&key=rich.bim";
        if (isForeign)
            query += "&backend=" + Uri.EscapeDataString(backend.GetLeftPart(UriPartial.Authority));
        await browser.Page.GotoAsync(new Uri(server.Address, "/?" + query).AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
        try
        {
            await browser.Page.WaitForFunctionAsync("window.outcome !== undefined || window.failure !== undefined");
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{this} gave no outcome within {ChromiumFixture.Patience.TotalSeconds} s. Console: {string.Join('\n', browser.Errors)}", exception);
        }

        string? failure = await browser.Page.EvaluateAsync<string?>("window.failure ?? null");
        Assert.True(failure is null, $"{this}: {failure}\n{string.Join('\n', browser.Errors)}");
        // As text: Playwright's own conversion numbers the objects.
        using JsonDocument outcome = JsonDocument.Parse(await browser.Page.EvaluateAsync<string>("JSON.stringify(window.outcome)"));
        return new FrontendOutcome(
            outcome.RootElement.GetProperty("operations").EnumerateObject().ToDictionary(property => property.Name, property => property.Value.Clone()),
            outcome.RootElement.GetProperty("picture").GetString() ?? "");
    }
}
