using System.Text.Json.Nodes;
using ITwinOrleans.Native;
using ITwinOrleans.Parity.Tests.List;

namespace ITwinOrleans.Parity.Tests.Comparison;

/// <summary>Runs the list with Node and with the engine, once for all tests.</summary>
public sealed class BothSides : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("itwin-parity-").FullName;
    private NativeEngine? _engine;

    /// <summary>Every step of the list, in order.</summary>
    public IReadOnlyList<StepComparison> Steps { get; private set; } = [];

    /// <summary>Native handles that the engine held after the list and not before.</summary>
    public long LeakedHandles { get; private set; }

    public async Task InitializeAsync()
    {
        if (NodePeer.FindNode() is null)
            return;
        var options = new NativeEngineOptions();
        string data = DataFolder.Path;
        JsonObject node = await NodePeer.RunAsync(options.AddonPath, data, _folder);
        _engine = await NativeEngine.StartAsync(options);
        NativeUsage before = await _engine.GetUsageAsync();
        JsonObject engine = await EngineSide.RunAsync(_engine, data, Path.Combine(_folder, "engine"));
        LeakedHandles = (await _engine.GetUsageAsync()).Objects - before.Objects;
        Steps = [.. ParityList.Selected.SelectMany(file => file.Steps.Select((step, index) => new StepComparison(
            file.Name, step.Id, [.. JsonDifference.Find(node[file.Name]![index], engine[file.Name]![index])])))];
    }

    public async Task DisposeAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
