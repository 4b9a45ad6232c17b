using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Api.Live.Hub;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>What IPC functions ask the owner of an iModel that a frontend has open.</summary>
internal sealed class IpcCalls(LiveConnection connection)
{
    private const int HistoryAtATime = 1000;

    /// <summary>The iModel, in whose turn the caller then is; dispose what it returns.</summary>
    /// <exception cref="LiveRefusedException">The frontend has no such iModel open.</exception>
    public async Task<IpcTurn> EnterAsync(string key, CancellationToken cancellationToken)
    {
        IpcIModel iModel = Get(key);
        await iModel.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new IpcTurn(iModel);
    }

    /// <summary>The iModel.</summary>
    /// <inheritdoc cref="EnterAsync"/>
    public IpcIModel Get(string key) => connection.Find(key)?.Ipc
        ?? throw new LiveRefusedException(LiveRefusals.InvalidTransaction, "The iModel is not open. Open it first.");

    /// <summary>Saves what is staged; the events of it are written when this returns.</summary>
    public async Task SaveAsync(IpcIModel iModel, string description, CancellationToken cancellationToken)
    {
        if (iModel.Staged.Count == 0)
            return;
        ReadOnlyMemory<byte> transaction = iModel.Staged.ToTransaction(Guid.NewGuid().ToString("N"), description);
        await WriteAsync(iModel, LiveOperation.Transact, transaction, cancellationToken).ConfigureAwait(false);
        iModel.Staged.Clear();
    }

    /// <summary>Drops what is staged.</summary>
    public async Task AbandonAsync(IpcIModel iModel, CancellationToken cancellationToken)
    {
        if (iModel.Staged.Count == 0)
            return;
        iModel.Staged.Clear();
        await AskAsync(iModel, LiveOperation.Unstage, default, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tries an operation out with what is staged, and stages it.</summary>
    /// <returns>The id that an insert got; null for another operation.</returns>
    public async Task<string?> StageAsync(IpcIModel iModel, JsonObject operation, CancellationToken cancellationToken)
    {
        byte[] json = Encoding.UTF8.GetBytes(operation.ToJsonString());
        LiveState seen = iModel.Events.State;
        JsonNode result = await AskAsync(iModel, LiveOperation.Stage, iModel.Staged.With(json), cancellationToken).ConfigureAwait(false);
        string? id = result["inserted"] is JsonArray { Count: > 0 } inserted ? inserted[^1]?.GetValue<string>() : null;
        iModel.Staged.Add(json, id, seen);
        return id;
    }

    /// <summary>Undoes or redoes one operation.</summary>
    public Task ReverseAsync(IpcIModel iModel, LiveOperation operation, string? target, CancellationToken cancellationToken)
    {
        var request = new UndoRequest(Guid.NewGuid().ToString("N"), target);
        return WriteAsync(iModel, operation, JsonSerializer.SerializeToUtf8Bytes(request, LiveCallJson.Default.UndoRequest), cancellationToken);
    }

    /// <summary>What the user may undo and redo.</summary>
    public async Task<UndoList> UndoListAsync(IpcIModel iModel, CancellationToken cancellationToken)
    {
        var request = new HistoryRequest(HistoryAtATime, User: iModel.Opened.Session.User.Id);
        JsonNode history = await AskAsync(
            iModel, LiveOperation.History, JsonSerializer.SerializeToUtf8Bytes(request, LiveCallJson.Default.HistoryRequest), cancellationToken).ConfigureAwait(false);
        return UndoList.Of(history.Deserialize(LiveJson.Default.LiveCommitHeaderArray) ?? [], iModel.UndoFloor);
    }

    /// <summary>The newest version; null when there is none.</summary>
    public async Task<LiveVersion?> NewestVersionAsync(IpcIModel iModel, CancellationToken cancellationToken)
    {
        JsonNode versions = await AskAsync(iModel, LiveOperation.Versions, default, cancellationToken).ConfigureAwait(false);
        return versions.Deserialize(LiveJson.Default.LiveVersionArray) is [.., var newest] ? newest : null;
    }

    /// <summary>Names the current state.</summary>
    public async Task<LiveVersion> NameVersionAsync(IpcIModel iModel, string name, CancellationToken cancellationToken)
    {
        JsonNode version = await AskAsync(
            iModel, LiveOperation.NameVersion, JsonSerializer.SerializeToUtf8Bytes(new NameVersionRequest(name), LiveCallJson.Default.NameVersionRequest), cancellationToken).ConfigureAwait(false);
        return version.Deserialize(LiveJson.Default.LiveVersion) ?? throw new JsonException("The owner answered no version.");
    }

    /// <summary>The state that the owner has.</summary>
    public async Task<LiveState> StateAsync(IpcIModel iModel, CancellationToken cancellationToken)
    {
        LiveNews news = await iModel.Opened.Session.Relay.ReadAsync(iModel.Events.State, cancellationToken).ConfigureAwait(false);
        return news.Head;
    }

    private async Task WriteAsync(IpcIModel iModel, LiveOperation operation, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        JsonNode result = await AskAsync(iModel, operation, json, cancellationToken).ConfigureAwait(false);
        await iModel.Events.WhenSentAsync(result["sequence"]!.GetValue<long>(), cancellationToken).ConfigureAwait(false);
    }

    private async Task<JsonNode> AskAsync(IpcIModel iModel, LiveOperation operation, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        IpcAnswers.Accepted(await connection.CallAsync(iModel.Opened.IModel.Key, operation, json, cancellationToken).ConfigureAwait(false));
}
