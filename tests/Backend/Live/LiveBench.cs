using System.Text;
using System.Text.Json.Nodes;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Live;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Live.Feed;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Tests.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace ITwinOrleans.Backend.Tests.Live;

/// <summary>A live iModel of its own: a copy of a file that may be edited, opened for writing.</summary>
public sealed class LiveBench : IAsyncDisposable
{
    private readonly ITwinBackend _backend;
    private int _operations;

    private LiveBench(ITwinBackend backend, string path)
    {
        _backend = backend;
        Path = path;
    }

    public static LiveAuthor Ann { get; } = new("session-ann", new LiveUser("ann", "Ann"));

    public static LiveAuthor Bob { get; } = new("session-bob", new LiveUser("bob", "Bob"));

    public string Path { get; }

    public long Epoch { get; private set; }

    public IModelDb IModel { get; private set; } = null!;

    public LiveIModel Live => IModel.Live!;

    public static async Task<LiveBench> OpenAsync(BackendFixture fixture, string file = "edit.bim", BackendOptions? options = null, string? folder = null)
    {
        string path = TestFiles.Copy(file);
        if (folder is not null)
            File.Move(path, path = System.IO.Path.Combine(folder, file));
        var bench = new LiveBench(new ITwinBackend(fixture.Engine, options ?? new BackendOptions(), NullLoggerFactory.Instance), path);
        await bench.OpenAsync();
        return bench;
    }

    public async Task ReopenAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    public Task CloseAsync() => _backend.IModels.CloseAsync(IModel.Handle);

    public Task<IModelDb> OpenUnderAsync(long epoch) =>
        _backend.IModels.OpenAsync(Guid.NewGuid().ToString("N"), "other", Path, new LiveOpening(epoch, "other"));

    public string NextOperationId() => $"op-{++_operations}";

    /// <summary>Commits operations, a JSON array.</summary>
    public Task<CommitAnswer> WriteAsync(string operations, LiveAuthor? author = null, string? operationId = null, LiveState? read = null)
    {
        var transaction = new JsonObject
        {
            ["operationId"] = operationId ?? NextOperationId(),
            ["description"] = "a test",
            ["operations"] = JsonNode.Parse(operations),
        };
        if (read is { } state)
            transaction["base"] = new JsonObject { ["epoch"] = state.Epoch, ["sequence"] = state.Sequence };
        return SendAsync(transaction.ToJsonString(), author);
    }

    public Task<CommitAnswer> SendAsync(string transaction, LiveAuthor? author = null) =>
        Live.WriteAsync(author ?? Ann, Epoch, Encoding.UTF8.GetBytes(transaction), CancellationToken.None);

    public async Task<string> RefusalAsync(string operations, LiveAuthor? author = null, string? operationId = null, LiveState? read = null) =>
        (await Assert.ThrowsAsync<LiveRefusedException>(() => WriteAsync(operations, author, operationId, read))).Refusal.Name;

    public async Task<List<JsonNode>> FeedAsync(LiveState after = default)
    {
        FeedPage page = await Live.ReadFeedAsync(after, 1000, long.MaxValue, CancellationToken.None);
        Assert.Null(page.Head.Reload);
        return [.. page.Records.Select(static record => JsonNode.Parse(record.Span)!)];
    }

    public Task<List<string>> RowsAsync(string sql) => IModel.RunAsync(native => Rows(native, sql));

    public static List<string> Rows(NativeDb native, string sql)
    {
        var rows = new List<string>();
        using var statement = new SqliteStatement(native, sql);
        while (statement.Step())
            rows.Add(string.Join('|', Enumerable.Range(0, statement.ColumnCount).Select(statement.GetString)));
        return rows;
    }

    public async ValueTask DisposeAsync() => await _backend.DisposeAsync();

    private async Task OpenAsync()
    {
        Epoch++;
        IModel = await _backend.IModels.OpenAsync(Guid.NewGuid().ToString("N"), "live", Path, new LiveOpening(Epoch, "test"));
    }
}
