using System.Text.Json;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Worker.IModels;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Grains.Workers;

/// <summary>The silo's side of the work that concerns live iModels (<see cref="IModelWork"/>). Answers are copied out of the worker's memory.</summary>
/// <param name="worker">The worker.</param>
/// <remarks>
/// All of it fails with <see cref="WorkFailedException"/> when the handle is not open in this worker (<see cref="IModelWork.NotOpenError"/>) or the work
/// broke, and with another <see cref="WorkerException"/> when the worker was lost or has no room. Of a write neither says anything about the outcome.
/// </remarks>
internal sealed class LiveWorkerClient(IWorker worker)
{
    /// <summary>Applies a transaction and commits it, or answers a refusal.</summary>
    public Task<WriteAnswer> WriteAsync(WriteHeader header, ReadOnlyMemory<byte> transaction, CancellationToken cancellationToken) =>
        WriteAsync(IModelWork.Write, transaction, [JsonSerializer.SerializeToUtf8Bytes(header, IModelWorkJson.Default.WriteHeader)], cancellationToken);

    /// <summary>Undoes an operation of the user's, or answers a refusal.</summary>
    public Task<WriteAnswer> UndoAsync(UndoWork work, CancellationToken cancellationToken) =>
        WriteAsync(IModelWork.Undo, JsonSerializer.SerializeToUtf8Bytes(work, IModelWorkJson.Default.UndoWork), [], cancellationToken);

    /// <summary>Redoes what the user undid, or answers a refusal.</summary>
    public Task<WriteAnswer> RedoAsync(UndoWork work, CancellationToken cancellationToken) =>
        WriteAsync(IModelWork.Redo, JsonSerializer.SerializeToUtf8Bytes(work, IModelWorkJson.Default.UndoWork), [], cancellationToken);

    /// <summary>Tries all staged operations of a session out; answers ids or a refusal.</summary>
    public async Task<byte[]> StageAsync(WriteHeader header, ReadOnlyMemory<byte> transaction, CancellationToken cancellationToken) =>
        (await WriteAsync(IModelWork.Stage, transaction, [JsonSerializer.SerializeToUtf8Bytes(header, IModelWorkJson.Default.WriteHeader)], cancellationToken)
            .ConfigureAwait(false)).Json;

    /// <summary>Gives up the ids that were reserved for a session.</summary>
    public Task<byte[]> UnstageAsync(SessionWork work, CancellationToken cancellationToken) =>
        AskAsync(IModelWork.Unstage, JsonSerializer.SerializeToUtf8Bytes(work, IModelWorkJson.Default.SessionWork), cancellationToken);

    /// <summary>Reads records of the feed.</summary>
    public async Task<(LiveFeedHead Head, IReadOnlyList<LiveCommit> Commits)> ReadFeedAsync(ReadFeedWork work, CancellationToken cancellationToken)
    {
        var request = new WorkRequest { Operation = IModelWork.ReadFeed, Json = JsonSerializer.SerializeToUtf8Bytes(work, IModelWorkJson.Default.ReadFeedWork) };
        using var response = await worker.CallAsync(request, cancellationToken).ConfigureAwait(false);
        var head = JsonSerializer.Deserialize(response.Json.Span, LiveJson.Default.LiveFeedHead)
            ?? throw new WorkerProtocolException("The worker answered a reading of the feed without its head.");
        return (head, [.. response.Binaries.Select(record => LiveCommit.Of(record.ToArray()))]);
    }

    /// <summary>Reads who did what; an array of records without id lists.</summary>
    public Task<byte[]> HistoryAsync(HistoryWork work, CancellationToken cancellationToken) =>
        AskAsync(IModelWork.History, JsonSerializer.SerializeToUtf8Bytes(work, IModelWorkJson.Default.HistoryWork), cancellationToken);

    /// <summary>Names the current state as a version; answers it or a refusal.</summary>
    public Task<byte[]> NameVersionAsync(NameVersionWork work, CancellationToken cancellationToken) =>
        AskAsync(IModelWork.NameVersion, JsonSerializer.SerializeToUtf8Bytes(work, IModelWorkJson.Default.NameVersionWork), cancellationToken);

    /// <summary>Moves the write-ahead log into the file; answers nothing or a refusal.</summary>
    public Task<byte[]> CheckpointAsync(CheckpointWork work, CancellationToken cancellationToken) =>
        AskAsync(IModelWork.Checkpoint, JsonSerializer.SerializeToUtf8Bytes(work, IModelWorkJson.Default.CheckpointWork), cancellationToken);

    /// <summary>Lists the versions.</summary>
    public Task<byte[]> VersionsAsync(HandleWork work, CancellationToken cancellationToken) =>
        AskAsync(IModelWork.Versions, JsonSerializer.SerializeToUtf8Bytes(work, IModelWorkJson.Default.HandleWork), cancellationToken);

    private async Task<WriteAnswer> WriteAsync(
        string operation, ReadOnlyMemory<byte> json, IReadOnlyList<ReadOnlyMemory<byte>> binaries, CancellationToken cancellationToken)
    {
        using var response = await worker.CallAsync(new WorkRequest { Operation = operation, Json = json, Binaries = binaries }, cancellationToken).ConfigureAwait(false);
        return new WriteAnswer(response.Json.ToArray(), response.Binaries is [var record, ..] ? record.ToArray() : null);
    }

    private async Task<byte[]> AskAsync(string operation, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        using var response = await worker.CallAsync(new WorkRequest { Operation = operation, Json = json }, cancellationToken).ConfigureAwait(false);
        return response.Json.ToArray();
    }
}
