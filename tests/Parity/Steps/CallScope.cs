using System.Text.Json.Nodes;
using ITwinOrleans.Native;
using ITwinOrleans.Native.Objects;

namespace ITwinOrleans.Parity.Tests.Steps;

/// <summary>One file of steps at work: its folder, its variables and the callbacks that the present step recorded.</summary>
internal sealed class CallScope : IDisposable
{
    private readonly string _workRoot;
    private readonly string _folder;
    private readonly string _dataFolder;
    private readonly Dictionary<string, BoundValue> _variables = [];
    private readonly List<NativeObject> _owned = [];

    public CallScope(string name, string workRoot, string dataFolder, NativePlatform platform, string assetsFolder)
    {
        _workRoot = workRoot;
        _folder = Directory.CreateDirectory(Path.Combine(workRoot, name)).FullName;
        _dataFolder = dataFolder;
        Platform = platform;
        Canonical = new CanonicalJson(workRoot, assetsFolder);
        Arguments = new StepArguments(this);
    }

    public NativePlatform Platform { get; }

    public CanonicalJson Canonical { get; }

    public StepArguments Arguments { get; }

    /// <summary>All calls of recorded functions during the present step.</summary>
    public JsonArray Callbacks { get; private set; } = [];

    /// <summary>The callbacks that the present step lasts for.</summary>
    public List<Task> Waits { get; } = [];

    public string PathOf(string relative) => Path.Combine(_folder, relative);

    public string DataPathOf(string name) => Path.Combine(_dataFolder, name);

    /// <summary>A writable copy of a data file, made on first use.</summary>
    public string CopyOf(string name, string? copyName)
    {
        string target = PathOf(copyName ?? name);
        if (!File.Exists(target))
            File.WriteAllBytes(target, File.ReadAllBytes(DataPathOf(name)));
        return target;
    }

    public void BeginStep()
    {
        Callbacks = [];
        Waits.Clear();
    }

    public void Record(string name, JsonArray arguments) => Callbacks.Add(new JsonObject { ["name"] = name, ["args"] = arguments });

    /// <summary>Disposes the object with this scope.</summary>
    public NativeObject Own(NativeObject value)
    {
        _owned.Add(value);
        return value;
    }

    public void Bind(string name, BoundValue value)
    {
        if (value.Object is not null)
            Own(value.Object);
        _variables[name] = value;
    }

    public BoundValue Variable(string name) =>
        _variables.TryGetValue(name, out BoundValue? value) ? value : throw new ListException($"variable {name} is not bound");

    /// <summary>The object that <c>"$name"</c> refers to.</summary>
    public NativeObject Receiver(string text) =>
        Variable(text[1..]).Object ?? throw new ListException($"{text} is no native object");

    public void Dispose()
    {
        foreach (NativeObject value in Enumerable.Reverse(_owned))
            value.Dispose();
    }
}
