using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ITwinOrleans.Native;
using ITwinOrleans.Native.Domain;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Engine.Bench;

/// <summary>The work that is compared, by our engine; peer.mjs is the same by Node.</summary>
internal static class Measurement
{
    private const string EveryElement = "select * from bis.element";

    public static async Task<int> RunAsync(string file)
    {
        await using NativeEngine engine = await NativeEngine.StartAsync();
        DgnDb db = await engine.RunAsync(platform =>
        {
            var opened = DgnDb.Open(platform, file, OpenMode.ReadWrite);
            opened.Call("getElement", NativeArgument.Json("""{"id":"0x1"}""")).Dispose();
            return opened;
        });
        Say("first", 0, "");
        await engine.RunAsync(_ => db.UseHandlers(new DomainHandlers()));
        string[] ids = await QueryIdsAsync(engine, db);

        Say("getElement", await engine.RunAsync(_ => GetElements(db, ids, "")), "us");
        Say("getElement with geometry", await engine.RunAsync(_ => GetElements(db, ids, ",\"wantGeometry\":true")), "us");
        Say("step select * from bis.element", await engine.RunAsync(_ => Step(db)), "ms");
        await QueryRowsAsync(engine, db);
        Say("insertElement", await engine.RunAsync(_ => Insert(db, ids[0])), "us");
        await engine.RunAsync(_ =>
        {
            db.Invoke("abandonChanges");
            db.Dispose();
        });
        Say("RSS", ResidentMegabytes(), "MB");
        return 0;
    }

    private static async Task<string[]> QueryIdsAsync(NativeEngine engine, DgnDb db)
    {
        using NativeResult response = await QueryAsync(engine, db, "select ECInstanceId from generic.PhysicalObject", 2000);
        using JsonDocument document = JsonDocument.Parse(response.Utf8);
        return [.. document.RootElement.GetProperty("data").EnumerateArray().Select(row => row[0].GetString()!)];
    }

    private static double GetElements(DgnDb db, string[] ids, string options)
    {
        byte[][] requests = [.. ids.Select(id => Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"{{options}}}"""))];
        return Repeat(7, requests.Length, i => db.Call("getElement", NativeArgument.Json(requests[i])).Dispose());
    }

    private static double Step(DgnDb db)
    {
        var times = new List<double>();
        for (int run = 0; run < 5; run++)
        {
            using var statement = new ECSqlStatement(db, EveryElement);
            long start = Stopwatch.GetTimestamp();
            while (statement.Step())
                statement.ToRow("{}").Dispose();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Median(times);
    }

    private static async Task QueryRowsAsync(NativeEngine engine, DgnDb db)
    {
        var times = new List<double>();
        var busy = new List<double>();
        for (int run = 0; run < 7; run++)
        {
            double cpu = EngineThreadMilliseconds();
            long start = Stopwatch.GetTimestamp();
            using NativeResult response = await QueryAsync(engine, db, EveryElement, 20_000);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            busy.Add(EngineThreadMilliseconds() - cpu);
            if (response.Utf8.Span.IndexOf("\"rowCount\":20000"u8) < 0 || response.Utf8.Length < 1_000_000)
                throw new InvalidOperationException("The response is incomplete");
        }

        Say("20,000 rows by concurrent query", Median(times), "ms");
        Say("main thread busy meanwhile", Median(busy), "ms");
    }

    private static async Task<NativeResult> QueryAsync(NativeEngine engine, DgnDb db, string ecsql, int count)
    {
        NativeResult[] answer = await engine.RunAsync(_ => db.CallBackAsync(
            "concurrentQueryExecute",
            NativeArgument.Json($$$"""{"kind":1,"query":"{{{ecsql}}}","limit":{"count":{{{count}}},"offset":0},"quota":{"time":60,"memory":209715200}}""")));
        return answer[0];
    }

    private static double Insert(DgnDb db, string id)
    {
        string[] kept = ["classFullName", "model", "category", "code", "placement", "geom"];
        using NativeResult element = db.Call("getElement", NativeArgument.Json($$"""{"id":"{{id}}","wantGeometry":true}"""));
        using JsonDocument document = JsonDocument.Parse(element.Utf8);
        string props = "{" + string.Join(',', kept.Select(name => $"\"{name}\":{document.RootElement.GetProperty(name).GetRawText()}")) + "}";
        byte[] json = Encoding.UTF8.GetBytes(props);
        return Repeat(5, 400, _ => db.Call("insertElement", NativeArgument.Json(json)).Dispose());
    }

    private static double Repeat(int rounds, int count, Action<int> work)
    {
        var times = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < count; i++)
                work(i);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / count);
        }

        return Median(times);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>The processor time that the engine thread has used, from the kernel (nanoseconds in schedstat).</summary>
    private static double EngineThreadMilliseconds()
    {
        foreach (string task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (File.ReadAllText(Path.Combine(task, "comm")).StartsWith("iTwin engine", StringComparison.Ordinal))
                return long.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0]) / 1e6;
        }

        throw new InvalidOperationException("There is no engine thread");
    }

    private static double ResidentMegabytes() =>
        File.ReadLines("/proc/self/status").Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => double.Parse(line.AsSpan(6, line.Length - 9)) / 1024).Single();

    private static void Say(string name, double value, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"name":"{{name}}","value":{{value}},"unit":"{{unit}}"}"""));
}
