using System.Globalization;
using System.Text.Json.Nodes;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Tests.Data;
using ITwinOrleans.Native.Values;
using Xunit.Abstractions;

namespace ITwinOrleans.Native.Tests.Stress;

[Trait("Category", "Stress")]
public sealed class StressTests(EngineFixture fixture, ITestOutputHelper output) : EngineTests(fixture)
{
    private const int Threads = 16, Calls = 100_000, Slots = 4, ClosesEvery = 400;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(240);

    /// <summary>An iModel that is closed and opened again while others use it.</summary>
    private sealed class Slot(string path)
    {
        public string Path => path;

        public DgnDb? Db { get; set; }
    }

    [Fact]
    public async Task Mixed_calls_of_16_threads_with_closes_in_flight_give_no_wrong_answer()
    {
        Slot[] slots = [.. Enumerable.Range(0, Slots).Select(_ => new Slot(TestFiles.Copy("test.bim")))];
        Dictionary<string, string> expected = await ReadExpectedAsync(slots[0].Path);
        string[] ids = [.. expected.Keys];
        int answers = 0, ended = 0, closes = 0, next = 0;
        Task[] threads = [.. Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            var random = new Random(thread);
            for (int call; (call = Interlocked.Increment(ref next)) <= Calls;)
            {
                Slot slot = slots[random.Next(Slots)];
                string id = ids[random.Next(ids.Length)];
                if (call % ClosesEvery == 0)
                {
                    await Engine.RunAsync(_ => slot.Db?.Close());
                    Interlocked.Increment(ref closes);
                    continue;
                }

                string? answer = await AskAsync(slot, id, random.Next(100));
                if (answer is null)
                    Interlocked.Increment(ref ended);
                else if (answer == expected[id])
                    Interlocked.Increment(ref answers);
                else
                    Assert.Fail($"{id}: {answer} is not {expected[id]}");
            }
        }))];
        await Task.WhenAll(threads).WaitAsync(s_limit);
        await Engine.RunAsync(_ =>
        {
            foreach (Slot slot in slots)
                slot.Db?.Close();
        });
        output.WriteLine($"{answers} answers, {ended} ended by a close, {closes} closes");
        Assert.Equal(Calls, answers + ended + closes);
        Assert.True(answers > Calls * 9 / 10, $"only {answers} answers");
    }

    [Fact]
    public async Task Open_and_close_of_an_iModel_a_thousand_times_leaves_the_memory_flat()
    {
        string path = TestFiles.Copy("test.bim");
        await CycleAsync(path, 200);
        long before = ResidentBytes();
        await CycleAsync(path, 1000);
        long after = ResidentBytes();
        output.WriteLine($"{before >> 10} KB before, {after >> 10} KB after 1,000 cycles");
        Assert.True(after < before * 1.05, $"{before >> 10} KB before, {after >> 10} KB after 1,000 cycles");
    }

    private async Task CycleAsync(string path, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Engine.RunAsync(platform =>
            {
                using DgnDb db = DgnDb.Open(platform, path);
                using var statement = new ECSqlStatement(db, "select ECInstanceId from bis.Element");
                Assert.True(statement.Step());
                db.Elements.Get("""{"id":"0x1"}""").Dispose();
            });
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>The class of an element, asked for in one of several ways; null if the iModel was closed meanwhile.</summary>
    private async Task<string?> AskAsync(Slot slot, string id, int kind)
    {
        try
        {
            return kind < 5 ? await QueryAsync(slot, id) : await Engine.RunAsync(platform => Read(Opened(platform, slot), id, kind));
        }
        catch (NativeException)
        {
            return null;
        }
    }

    private static string Read(DgnDb db, string id, int kind)
    {
        if (kind < 60)
            return (string)Json.Parse(db.Elements.Get(Json.Load(id)))["classFullName"]!;
        using var statement = new ECSqlStatement(db, "select ECClassId from bis.Element where ECInstanceId=?");
        statement.Binder(1).BindId(id);
        Assert.True(statement.Step());
        return statement.GetValue(0).GetClassName().Replace('.', ':');
    }

    private async Task<string?> QueryAsync(Slot slot, string id)
    {
        Task<NativeResult> query = await Engine.RunAsync<Task<NativeResult>>(platform => Opened(platform, slot).Queries.ExecuteAsync(
            $$"""{"kind":1,"valueFormat":1,"query":"select ECClassId from bis.Element where ECInstanceId={{id}}","convertClassIdsToClassNames":true}"""));
        JsonNode response = Json.Parse(await query);
        return response["status"]!.GetValue<int>() == 1 ? ((string)response["data"]![0]![0]!).Replace('.', ':') : null;
    }

    private static DgnDb Opened(NativePlatform platform, Slot slot) =>
        slot.Db is { IsDisposed: false } open ? open : slot.Db = DgnDb.Open(platform, slot.Path);

    private Task<Dictionary<string, string>> ReadExpectedAsync(string path) => Engine.RunAsync(platform =>
    {
        using DgnDb db = DgnDb.Open(platform, path);
        using var statement = new ECSqlStatement(db, "select ECInstanceId, ECClassId from bis.Element");
        var found = new Dictionary<string, string>();
        while (statement.Step())
            found.Add(statement.GetValue(0).GetId()!, statement.GetValue(1).GetClassName().Replace('.', ':'));
        return found;
    });

    private static long ResidentBytes()
    {
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
