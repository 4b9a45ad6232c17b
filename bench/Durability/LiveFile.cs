using System.Globalization;
using System.Text.Json.Nodes;
using ITwinOrleans.Native;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;

namespace ITwinOrleans.Durability.Bench;

/// <summary>A copy of an iModel, open for writing as a live one is: in WAL mode, without checkpoints of SQLite's own.</summary>
internal sealed class LiveFile : IAsyncDisposable
{
    private readonly NativeEngine _engine;
    private DgnDb _db = null!;
    private int _count;

    private LiveFile(NativeEngine engine, string path) => (_engine, Path) = (engine, path);

    public string Path { get; }

    public static string CopyOf(string iModel)
    {
        var path = System.IO.Path.Join(Directory.CreateTempSubdirectory("itwin-durability-").FullName, "live.bim");
        File.WriteAllBytes(path, File.ReadAllBytes(iModel));
        return path;
    }

    public static async Task<LiveFile> OpenAsync(NativeEngine engine, string path)
    {
        var file = new LiveFile(engine, path);
        await engine.RunAsync(platform =>
        {
            file._db = DgnDb.Open(platform, path, OpenMode.ReadWrite);
            file._db.WriteAheadLog.Enable();
            file._db.WriteAheadLog.SetAutoCheckpointThreshold(0);
        });
        return file;
    }

    /// <summary>Makes a file larger, by content that cannot be compressed.</summary>
    public static Task GrowAsync(NativeEngine engine, string path, int megabytes) => engine.RunAsync(platform =>
    {
        using DgnDb db = DgnDb.Open(platform, path, OpenMode.ReadWrite);
        db.ExecuteSql("CREATE TABLE bench_Content(Data BLOB)");
        for (var size = new FileInfo(path).Length; size < megabytes * 1_000_000L; size += 1_000_000)
            db.ExecuteSql("INSERT INTO bench_Content VALUES(randomblob(1000000))");
        db.Txns.SaveChanges("Grow");
    });

    /// <summary>Inserts some subjects and commits.</summary>
    public Task CommitAsync(int elements = 1) => _engine.RunAsync(_ =>
    {
        for (var i = 0; i < elements; i++)
            _db.Elements.Insert(Subject(string.Create(CultureInfo.InvariantCulture, $"Subject {++_count}")));
        _db.Txns.SaveChanges("Insert");
    });

    public Task CheckpointAsync() => _engine.RunAsync(_ => _db.WriteAheadLog.Checkpoint());

    public async ValueTask DisposeAsync() => await _engine.RunAsync(_ => _db.Dispose());

    private static Native.Values.NativeJson Subject(string label) => new JsonObject
    {
        ["classFullName"] = "BisCore:Subject",
        ["model"] = "0x1",
        ["code"] = new JsonObject { ["spec"] = "0x1", ["scope"] = "0x1", ["value"] = "" },
        ["parent"] = new JsonObject { ["id"] = "0x1", ["relClassName"] = "BisCore:SubjectOwnsSubjects" },
        ["userLabel"] = label,
    }.ToJsonString();
}
