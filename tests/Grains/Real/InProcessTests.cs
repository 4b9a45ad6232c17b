using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Tests.Fixtures;

namespace ITwinOrleans.Grains.Tests.Real;

/// <summary>The same way without a process border: replies then hold native memory until they are disposed.</summary>
public sealed class InProcessTests(InProcessSilo silo) : IClassFixture<InProcessSilo>
{
    [Fact]
    public async Task InvokeAsync_engine_in_this_process_answers_and_closes()
    {
        await silo.Catalog.WhenReadAsync(CancellationToken.None).For("the files to be read");
        Assert.Equal(CatalogState.Invalid, silo.Catalog.Find("InvalidFile.bim")!.State);
        Assert.Contains("peer-5000", await silo.ConnectAsync("rich.bim"), StringComparison.Ordinal);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            silo.AskAsync(i % 2 == 0 ? "rich.bim" : "houses/joe.bim", "queryAllUsedSpatialSubCategories"))).For("200 answers");
        Assert.All(answers, a => Assert.StartsWith("[{", a, StringComparison.Ordinal));
        Assert.Equal(2, answers.Distinct().Count());

        Assert.True(await silo.Owners.Find("rich.bim")!.CloseIfIdleAsync(TimeSpan.Zero).For("the closing"));
        Assert.Equal(IModelState.Closed, silo.Owners.Find("rich.bim")!.Status.State);
        Assert.Contains("peer-5000", await silo.ConnectAsync("rich.bim"), StringComparison.Ordinal);
    }
}
