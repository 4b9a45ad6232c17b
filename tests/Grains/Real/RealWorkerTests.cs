using System.Text.Json;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Tests.Fixtures;

namespace ITwinOrleans.Grains.Tests.Real;

/// <summary>The whole way: gateway, grain, owner, worker process, backend, native library, real iModels.</summary>
public sealed class RealWorkerTests(RealSilo silo) : IClassFixture<RealSilo>
{
    private const string Count = """{"rowFormat":1,"kind":1,"valueFormat":0,"query":"SELECT COUNT(*) c FROM bis.GeometricElement3d","args":{},"limit":{"offset":0,"count":-1}}""";

    [Fact]
    public async Task ListAsync_real_files_with_what_they_say_of_themselves()
    {
        await silo.Catalog.WhenReadAsync(CancellationToken.None).For("the files to be read");
        var list = (await silo.Directory.ListAsync(CancellationToken.None)).ToDictionary(l => l.Key);

        var rich = list["rich.bim"];
        Assert.Equal(("peer-5000", "23166185-f608-421e-95e3-5d4397faf5d1", 13238272L), (rich.Name, rich.IModelId, rich.SizeBytes));
        Assert.Equal([111, 111, 36], rich.Extents!.High);
        Assert.Equal(new ChangesetRef("", 0), rich.Changeset);
        Assert.NotNull(list["houses/joe.bim"].IModelId);
        Assert.Equal("invalid", list["InvalidFile.bim"].State);
        Assert.NotEmpty(list["InvalidFile.bim"].Reason!);
        Assert.DoesNotContain(silo.Data.Path, list["InvalidFile.bim"].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text.bim", "this is no iModel")]
    [InlineData("empty.bim", "")]
    public async Task Find_file_that_is_no_iModel_is_invalid(string key, string content)
    {
        await File.WriteAllTextAsync(silo.Data.PathOf(key), content);
        silo.Catalog.Refresh(key);
        await silo.Catalog.WhenReadAsync(CancellationToken.None).For("the file to be read");
        Assert.Equal(CatalogState.Invalid, silo.Catalog.Find(key)!.State);
        Assert.StartsWith("Rejected: CannotOpen", await silo.AskAsync(key, "getConnectionProps"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvokeAsync_connection_props_are_the_iModels()
    {
        using var props = JsonDocument.Parse(await silo.AskAsync("rich.bim", "getConnectionProps"));
        Assert.Equal("23166185-f608-421e-95e3-5d4397faf5d1", props.RootElement.GetProperty("iModelId").GetString());
        Assert.Equal("rich.bim", props.RootElement.GetProperty("key").GetString());
    }

    [Fact]
    public async Task InvokeAsync_500_at_once_over_two_iModels_answer_each()
    {
        var rich = Enumerable.Range(0, 250).Select(_ => silo.AskAsync("rich.bim", "queryRows", Count));
        var house = Enumerable.Range(0, 250).Select(_ => silo.AskAsync("houses/joe.bim", "getConnectionProps"));
        var answers = await Task.WhenAll([.. rich, .. house]).For("500 answers");
        Assert.All(answers[..250], a => Assert.Contains("\"data\":[[5000]]", a, StringComparison.Ordinal));
        Assert.All(answers[250..], a => Assert.Contains("\"iModelId\"", a, StringComparison.Ordinal));
    }

    [Fact]
    public async Task InvokeAsync_worker_processes_are_killed_under_200_reads_all_are_answered()
    {
        await silo.AskAsync("rich.bim", "getConnectionProps");
        var openings = silo.Owners.Find("rich.bim")!.Status.Openings;
        var calls = Enumerable.Range(0, 200).Select(_ => silo.AskAsync("rich.bim", "queryRows", Count)).ToArray();
        await Waiting.Until(() => silo.Owners.Find("rich.bim")!.Status.CallsInFlight > 0, "calls in flight");
        var workers = RealSilo.WorkerProcesses();
        Assert.NotEmpty(workers);
        foreach (var worker in workers)
            worker.Kill();

        Assert.All(await Task.WhenAll(calls).For("200 answers"), a => Assert.Contains("\"data\":[[5000]]", a, StringComparison.Ordinal));
        Assert.True(silo.Owners.Find("rich.bim")!.Status.Openings > openings);
    }

    [Fact]
    public async Task InvokeAsync_file_replaced_by_another_iModel_answers_from_the_new_one()
    {
        RealData.Copy("test.bim", silo.Data, "replaced.bim");
        var before = await silo.AskAsync("replaced.bim", "getConnectionProps");
        RealData.Copy("rich.bim", silo.Data, "replaced.bim");
        await Waiting.Until(() => silo.Catalog.Find("replaced.bim") is { State: CatalogState.Valid, Description.Name: "peer-5000" }, "the replacement to be noticed");
        var after = await silo.AskAsync("replaced.bim", "getConnectionProps");
        Assert.DoesNotContain("peer-5000", before, StringComparison.Ordinal);
        Assert.Contains("peer-5000", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddAsync_real_iModel_is_taken_and_a_broken_one_refused()
    {
        await using (var content = File.OpenRead(RealData.PathOf("ElementAspectTest.bim")))
            Assert.Equal(CatalogState.Valid, (await silo.Uploads.AddAsync("up/aspects.bim", content, false, null, CancellationToken.None).For("the upload")).State);
        Assert.Contains("\"iModelId\"", await silo.AskAsync("up/aspects.bim", "getConnectionProps"), StringComparison.Ordinal);

        await using var broken = File.OpenRead(RealData.PathOf("InvalidFile.bim"));
        var refused = await Assert.ThrowsAsync<UploadRefusedException>(
            () => silo.Uploads.AddAsync("up/broken.bim", broken, false, null, CancellationToken.None).For("the refusal"));
        Assert.Equal(UploadRefusal.NotAnIModel, refused.Refusal);
        Assert.DoesNotContain(silo.Data.Path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvokeAsync_closed_iModel_is_opened_again_for_the_next_call()
    {
        RealData.Copy("test.bim", silo.Data, "again.bim");
        for (var i = 1; i <= 5; i++)
        {
            Assert.Contains("\"iModelId\"", await silo.AskAsync("again.bim", "getConnectionProps"), StringComparison.Ordinal);
            Assert.True(await silo.Owners.Find("again.bim")!.CloseIfIdleAsync(TimeSpan.Zero).For("the closing"));
            Assert.Equal((IModelState.Closed, i), (silo.Owners.Find("again.bim")!.Status.State, silo.Owners.Find("again.bim")!.Status.Openings));
        }
    }

    [Fact]
    public async Task InvokeAsync_unknown_operation_is_refused_by_the_backend() =>
        Assert.StartsWith("Rejected", await silo.AskAsync("test.bim", "noSuchThing"), StringComparison.Ordinal);
}
