using System.Text.Json;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.WebClient.Tests.Browser;
using ITwinOrleans.WebClient.Tests.Servers;

namespace ITwinOrleans.WebClient.Tests.Unmodified;

/// <summary>An unmodified <c>@itwin/core-frontend</c> gets the same answers and the same picture from the product as from the Node.js backend.</summary>
[Collection(PageTests.Name)]
public sealed class UnmodifiedFrontendTests(ChromiumFixture chromium, ServersFixture servers)
{
    private const double AllowedDifference = 0.005;

    /// <summary>A view that shows nothing is one colour; the sample's background covers less than this.</summary>
    private const double BlankShare = 0.9;

    private static readonly Dictionary<string, FrontendOutcome> PeerOutcomes = [];

    [PeerTheory]
    [InlineData("5.5.2", OpenMode.Snapshot, PageOrigin.Same)]
    [InlineData("5.5.2", OpenMode.Snapshot, PageOrigin.Cross)]
    [InlineData("5.5.2", OpenMode.Checkpoint, PageOrigin.Same)]
    [InlineData("5.5.2", OpenMode.Checkpoint, PageOrigin.Cross)]
    [InlineData("5.9.2", OpenMode.Snapshot, PageOrigin.Same)]
    [InlineData("5.9.2", OpenMode.Snapshot, PageOrigin.Cross)]
    [InlineData("5.9.2", OpenMode.Checkpoint, PageOrigin.Same)]
    [InlineData("5.9.2", OpenMode.Checkpoint, PageOrigin.Cross)]
    public async Task Visit_unmodifiedFrontend_answersAndPictureEqualThePeers(string version, OpenMode mode, PageOrigin origin)
    {
        FrontendOutcome expected = await PeerOutcomeAsync(version);

        FrontendOutcome actual = await new FrontendRun(version, mode, origin).VisitAsync(chromium, await servers.ProductAsync());

        await using BrowserPage comparer = await chromium.NewPageAsync(64, 64);
        double largestColour = await comparer.Page.LargestColourAsync(actual.Picture);
        double difference = await comparer.Page.DifferenceAsync(expected.Picture, actual.Picture);
        Assert.Multiple(
        [
            () => Assert.True(largestColour < BlankShare, $"The picture is blank: one colour covers {largestColour:P1}."),
            () => Assert.True(difference < AllowedDifference, $"{difference:P2} of the pixels differ from the peer's picture."),
            .. expected.Operations.Select(operation => (Action)(() => AssertSame(operation.Key, operation.Value, actual.Operations[operation.Key]))),
        ]);
    }

    private static void AssertSame(string operation, JsonElement expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(expected, actual), $"{operation}: expected {Shorten(expected)} but got {Shorten(actual)}");

    private static string Shorten(JsonElement element)
    {
        string text = element.GetRawText();
        return text.Length <= 600 ? text : text[..600] + "...";
    }

    private async Task<FrontendOutcome> PeerOutcomeAsync(string version)
    {
        if (!PeerOutcomes.TryGetValue(version, out FrontendOutcome? outcome))
        {
            var run = new FrontendRun(version, OpenMode.Snapshot, PageOrigin.Same);
            outcome = await run.VisitAsync(chromium, await servers.PeerAsync(), asksForOlderInterface: true);
            PeerOutcomes[version] = outcome;
        }

        return outcome;
    }
}
