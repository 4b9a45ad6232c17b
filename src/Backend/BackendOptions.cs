using ITwinOrleans.Backend.Live;

namespace ITwinOrleans.Backend;

/// <summary>What the backend allows and how it shares its one engine thread.</summary>
public sealed record BackendOptions
{
    /// <summary>How long one operation may keep the engine thread before other iModels' work gets its turn. Default: 2 ms.</summary>
    public TimeSpan EngineSlice { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>How long a query may run before it answers what it has, whatever the client asks for. Default: 60 s, the native library's own limit.</summary>
    public TimeSpan MaxQueryTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many bytes of rows one answer of a query may have, whatever the client asks for. Default: 8 MiB, the native library's own limit.</summary>
    public int MaxQueryMemory { get; init; } = 8 * 1024 * 1024;

    /// <summary>
    /// How many bytes SQLite may use in a process before it replaces pages that it keeps instead of keeping more (its <c>soft_heap_limit</c>); 0: no limit, so that each of an
    /// iModel's connections may keep 32 MB. The system keeps a file's pages for all of them, and giving one takes it half a microsecond. Default: 8 MiB.
    /// </summary>
    public long SqliteMemory { get; init; } = 8 * 1024 * 1024;

    /// <summary>How many rows one answer of a query may have; the client asks for the rest by itself. Default: 100,000.</summary>
    public int MaxQueryRows { get; init; } = 100_000;

    /// <summary>The longest text of a query or of one of its clauses, in characters. Default: 64 Ki.</summary>
    public int MaxQueryLength { get; init; } = 64 * 1024;

    /// <summary>How many ids, elements or models one request may name. Default: 100,000.</summary>
    public int MaxIds { get; init; } = 100_000;

    /// <summary>How long an operation of long work is waited for before the frontend is told to ask again. Default: 20 s, as in iTwin.js.</summary>
    public TimeSpan PendingAfter { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a result that was announced as pending is kept for the request that comes back for it. Default: 30 s, as in iTwin.js.</summary>
    public TimeSpan KeepPendingResults { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What live iModels allow.</summary>
    public LiveOptions Live { get; init; } = new();

    /// <summary>The application's version, for <c>DevToolsRpcInterface.versions</c>.</summary>
    public string ApplicationVersion { get; init; } = typeof(BackendOptions).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
