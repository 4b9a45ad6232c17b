using System.Text.Json.Nodes;
using ITwinOrleans.Native;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Durability.Tests.Support;

/// <summary>An iModel that the real engine has open for writing, as a worker has a live one: in WAL mode, without checkpoints of SQLite's own.</summary>
public sealed class LiveIModel : IAsyncDisposable
{
    private readonly NativeEngine _engine;
    private DgnDb _db = null!;

    private LiveIModel(NativeEngine engine) => _engine = engine;

    public static async Task<LiveIModel> OpenAsync(NativeEngine engine, string path)
    {
        var iModel = new LiveIModel(engine);
        await engine.RunAsync(platform =>
        {
            iModel._db = DgnDb.Open(platform, path, OpenMode.ReadWrite);
            iModel._db.WriteAheadLog.Enable();
            iModel._db.WriteAheadLog.SetAutoCheckpointThreshold(0);
        });
        return iModel;
    }

    /// <summary>Inserts subjects of these labels and commits.</summary>
    public Task CommitAsync(params IEnumerable<string> labels) => _engine.RunAsync(_ =>
    {
        foreach (var label in labels)
            _db.Elements.Insert(Subject(label));
        _db.Txns.SaveChanges("insert");
    });

    /// <summary>Leaves an insert uncommitted, runs something, and gives it up.</summary>
    public async Task WithoutCommitAsync(string label, Func<Task> during)
    {
        await _engine.RunAsync(_ => _db.Elements.Insert(Subject(label)));
        await during();
        await _engine.RunAsync(_ => _db.Txns.AbandonChanges());
    }

    public Task CheckpointAsync(CancellationToken cancellationToken = default) => _engine.RunAsync(_ => _db.WriteAheadLog.Checkpoint());

    /// <summary>The labels of all subjects, in the order of their ids.</summary>
    public Task<string[]> LabelsAsync() => _engine.RunAsync(_ => Labels(_db));

    /// <summary>The same of a file that nobody has open.</summary>
    public static Task<string[]> LabelsAsync(NativeEngine engine, string path) => engine.RunAsync(platform =>
    {
        using DgnDb db = DgnDb.Open(platform, path);
        return Labels(db);
    });

    public async ValueTask DisposeAsync() => await _engine.RunAsync(_ => _db.Dispose());

    private static string[] Labels(DgnDb db)
    {
        List<string> labels = [];
        using ECSqlStatement statement = new ECSqlStatement(db, "select UserLabel from BisCore:Subject where UserLabel is not null order by ECInstanceId");
        while (statement.Step())
            labels.Add(statement.GetValue(0).GetString());
        return [.. labels];
    }

    private static NativeJson Subject(string label) => new JsonObject
    {
        ["classFullName"] = "BisCore:Subject",
        ["model"] = "0x1",
        ["code"] = new JsonObject { ["spec"] = "0x1", ["scope"] = "0x1", ["value"] = "" },
        ["parent"] = new JsonObject { ["id"] = "0x1", ["relClassName"] = "BisCore:SubjectOwnsSubjects" },
        ["userLabel"] = label,
    }.ToJsonString();
}
