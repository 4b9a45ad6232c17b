using System.Text;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Live;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Tests.Live;

[Collection(BackendCollection.Name)]
public sealed class LargeTransactionTests(BackendFixture fixture)
{
    private const int Elements = 100_000;

    [Fact]
    public async Task Write_of_a_hundred_thousand_elements_is_one_commit_and_one_undo()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture, options: new BackendOptions { Live = new LiveOptions { MaxTransactionTime = TimeSpan.FromMinutes(5) } });
        var operations = new StringBuilder("[");
        for (int i = 0; i < Elements; i++)
        {
            operations.Append(i == 0 ? "" : ",").Append(
                """{"action":"insert","entity":"element","props":{"classFullName":"Generic:PhysicalObject","model":"0x1e","category":"0x17","code":{"spec":"0x1","scope":"0x1","value":""},"userLabel":"many"} }""");
        }

        List<string> before = await bench.RowsAsync("SELECT count(*) FROM bis_Element");
        CommitAnswer answer = await bench.WriteAsync(operations.Append(']').ToString());
        Assert.Equal(Elements, answer.Result.Inserted.Distinct().Count());
        string ids = (string)Assert.Single(await bench.FeedAsync())["elements"]!["inserted"]!;
        Assert.Equal(answer.Result.Inserted.Order(StringComparer.Ordinal), CompressedId64Set.Decompress(ids, Elements).Order(StringComparer.Ordinal));
        Assert.Equal([$"{Elements}"], await bench.RowsAsync("SELECT count(*) FROM bis_Element WHERE UserLabel='many'"));
        await bench.Live.UndoAsync(LiveBench.Ann, bench.Epoch, new LiveInversion("undo"), CancellationToken.None);
        Assert.Equal(before, await bench.RowsAsync("SELECT count(*) FROM bis_Element"));
    }
}
