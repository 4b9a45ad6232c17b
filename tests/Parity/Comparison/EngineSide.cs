using System.Text.Json.Nodes;
using ITwinOrleans.Native;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Parity.Tests.List;
using ITwinOrleans.Parity.Tests.Steps;

namespace ITwinOrleans.Parity.Tests.Comparison;

/// <summary>The list run by the engine of this process.</summary>
internal static class EngineSide
{
    /// <summary>The results by the names of the files of steps. <c>ITWIN_PARITY_TRACE</c> names a file that gets each step's name before it runs.</summary>
    public static async Task<JsonObject> RunAsync(NativeEngine engine, string dataFolder, string workFolder)
    {
        string? tracePath = Environment.GetEnvironmentVariable("ITWIN_PARITY_TRACE");
        using StreamWriter trace = tracePath is { Length: > 0 } ? new StreamWriter(tracePath) { AutoFlush = true } : StreamWriter.Null;
        var results = new JsonObject();
        foreach (CallFile file in ParityList.Selected)
            results[file.Name] = await engine.RunAsync(platform => RunAsync(platform, file, dataFolder, workFolder, trace));
        return results;
    }

    private static async Task<JsonArray> RunAsync(NativePlatform platform, CallFile file, string dataFolder, string workFolder, TextWriter trace)
    {
        string assets;
        using (NativeObject dgnDb = platform.Get("DgnDb", asObject: true).Object!)
            assets = dgnDb.CallText("getAssetsDir");
        using var scope = new CallScope(file.Name, workFolder, dataFolder, platform, assets);
        var runner = new StepRunner(scope);
        var results = new JsonArray();
        foreach (CallStep step in file.Steps)
        {
            trace.WriteLine($"{file.Name}:{step.Id}");
            results.Add(await runner.RunAsync(step, file.Masks));
        }

        return results;
    }
}
