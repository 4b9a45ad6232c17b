using ITwinOrleans.Native;
using ITwinOrleans.Native.IModels;

namespace ITwinOrleans.Samples.Tests;

/// <summary>The file that the sample program makes, open for reading on an engine.</summary>
public sealed class PlantFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("itwin-samples-tests-").FullName;
    private NativeEngine? _engine;
    private DgnDb? _db;

    /// <summary>The file.</summary>
    public string PlantPath { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _engine = await NativeEngine.StartAsync();
        PlantPath = await MakeAsync("plant.bim");
        _db = await _engine.RunAsync(platform => DgnDb.Open(platform, PlantPath));
    }

    public async Task DisposeAsync()
    {
        if (_engine is not null)
        {
            await _engine.RunAsync(_ => _db?.Close());
            await _engine.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A path in the tests' folder.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Runs the program; gives the file that it made.</summary>
    public async Task<string> MakeAsync(string name)
    {
        string path = PathOf(name);
        (int exitCode, _, string error) = await PlantProgram.RunAsync(path);
        Assert.True(exitCode == 0, $"The sample program ended with {exitCode}: {error}");
        return path;
    }

    /// <summary>Reads from the plant, on the engine thread.</summary>
    public Task<T> ReadAsync<T>(Func<DgnDb, T> read) => _engine!.RunAsync(_ => read(_db!));

    /// <summary>Reads what takes the library a while.</summary>
    public Task<T> ReadAsync<T>(Func<DgnDb, Task<T>> read) => _engine!.RunAsync(_ => read(_db!));

    /// <summary>Reads from another file.</summary>
    public Task<T> ReadAsync<T>(string path, Func<DgnDb, T> read) => _engine!.RunAsync(platform =>
    {
        using DgnDb db = DgnDb.Open(platform, path);
        return read(db);
    });
}

[CollectionDefinition(Name)]
public sealed class PlantCollection : ICollectionFixture<PlantFixture>
{
    public const string Name = "plant";
}
