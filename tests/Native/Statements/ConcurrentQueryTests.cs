using System.Text.Json.Nodes;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Tests.Data;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tests.Statements;

public sealed class ConcurrentQueryTests(EngineFixture fixture) : EngineTests(fixture)
{
    // DbResponseStatus of iTwin.js
    private const int Partial = 3, TimedOut = 4, Error = 100;

    private Task<JsonNode> QueryAsync(string request) => Engine.RunAsync(async platform =>
    {
        using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("rich.bim"));
        return Json.Parse(await db.Queries.ExecuteAsync(request));
    });

    [Fact]
    public async Task Execute_gives_rows()
    {
        JsonNode response = await QueryAsync("""{"kind":1,"query":"select ECInstanceId from bis.Element order by ECInstanceId","limit":{"offset":0,"count":2}}""");
        Assert.Equal(2, response["rowCount"]!.GetValue<int>());
        Assert.Equal("0x1", (string?)response["data"]![0]![0]);
    }

    [Fact]
    public async Task Execute_that_reaches_its_memory_quota_gives_part_of_the_rows()
    {
        JsonNode response = await QueryAsync("""{"kind":1,"query":"select a.* from bis.Element a, bis.Element b","quota":{"memory":1000000,"time":60}}""");
        Assert.Equal(Partial, response["status"]!.GetValue<int>());
        Assert.True(response["rowCount"]!.GetValue<int>() is > 0 and < 1_000_000);
    }

    [Fact]
    public async Task Execute_that_reaches_the_time_quota_of_the_configuration_says_so() => await Engine.RunAsync(async platform =>
    {
        using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("rich.bim"));
        // A request's own quota is a hint to the library; the configured one holds.
        JsonNode config = Json.Parse(db.Queries.ResetConfig("""{"globalQuota":{"time":1,"memory":8388608}}"""));
        Assert.Equal(1, config["globalQuota"]!["time"]!.GetValue<int>());
        try
        {
            JsonNode response = Json.Parse(await db.Queries.ExecuteAsync("""
                {"kind":1,"query":"with recursive c(n) as (select 1 union all select n+1 from c where n<2000000000) select count(*) from c"}
                """));
            Assert.Contains(response["status"]!.GetValue<int>(), new[] { Partial, TimedOut });
        }
        finally
        {
            db.Queries.ResetConfig().Dispose();
        }
    });

    [Fact]
    public async Task Execute_of_many_at_once_answers_them_in_the_order_in_which_they_came() => await Engine.RunAsync(async platform =>
    {
        using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("rich.bim"));
        var answered = new List<int>();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            (await db.Queries.ExecuteAsync("""{"kind":1,"query":"select count(*) from bis.Element where UserLabel like '%x%'"}""")).Dispose();
            answered.Add(i);
        }));

        // As many as there are threads run beside each other; the library alone would answer the second one last.
        Assert.All(answered, (i, place) => Assert.InRange(place, i - 30, i + 30));
    });

    [Fact]
    public async Task Execute_of_bad_ECSQL_gives_an_error_response_with_the_cause()
    {
        JsonNode response = await QueryAsync("""{"kind":1,"query":"select Nothing from bis.Element"}""");
        Assert.True(response["status"]!.GetValue<int>() > Error, response.ToJsonString());
        Assert.Contains("Nothing", response["error"]!.ToJsonString());
    }

    [Fact]
    public async Task Execute_of_a_kind_that_is_none_throws_and_the_next_query_works() => await Engine.RunAsync(async platform =>
    {
        using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("rich.bim"));
        NativeException error = await Assert.ThrowsAnyAsync<NativeException>(() => db.Queries.ExecuteAsync("""{"kind":77}"""));
        Assert.NotEmpty(error.Message);
        JsonNode next = Json.Parse(await db.Queries.ExecuteAsync("""{"kind":1,"query":"select 1"}"""));
        Assert.Equal(1, next["rowCount"]!.GetValue<int>());
    });

    [Fact]
    public async Task Close_answers_the_queries_that_are_under_way()
    {
        Task<NativeResult>[] queries = await Engine.RunAsync(platform =>
        {
            using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("rich.bim"));
            return Enumerable.Range(0, 20).Select(_ => db.Queries.ExecuteAsync("""{"kind":1,"query":"select $ from bis.Element"}""")).ToArray();
        });
        foreach (Task<NativeResult> query in queries)
        {
            try
            {
                (await query.WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
            }
            catch (NativeException)
            {
                // Ended by the close: an answer too.
            }
        }
    }
}
