using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Api.Live.Hub;
using ITwinOrleans.Api.Live.Relay;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>iTwin.js's <c>IpcAppFunctions</c> that edit, with the meaning that an iModel of many people gives them (docs/live.md).</summary>
internal sealed class IpcFunctions(LiveConnection connection, IpcCalls calls, IpcOpening opening, ILogger logger)
{
    // core-bentley IModelStatus.
    private const int Success = 0, NothingToRedo = 65578, NothingToUndo = 65579;
    private const int MostLogged = 2000;

    /// <summary>Runs a function.</summary>
    public async Task<JsonNode?> InvokeAsync(string method, IpcArguments arguments, CancellationToken cancellationToken)
    {
        switch (method)
        {
            case "log":
                IpcLog.Frontend(logger, Shorten(arguments.OptionalText(2)), Shorten(arguments.OptionalText(3)));
                return IpcAnswers.Undefined;
            case "queryConcurrency":
                return Environment.ProcessorCount;
            case "cancelTileContentRequests" or "cancelElementGraphicsRequests" or "cancelPullChangesRequest":
                // The requests are the browser's own, by HTTP, and end with it; a pull is done at once.
                return IpcAnswers.Undefined;
            case "openBriefcase" or "openStandalone" or "openSnapshot" or "openCheckpoint":
                return await opening.InvokeAsync(method, arguments, cancellationToken).ConfigureAwait(false);
            case "closeIModel":
                await connection.CloseIpcAsync(arguments.Text(0)).ConfigureAwait(false);
                return IpcAnswers.Undefined;
            case "isGraphicalEditingSupported":
                return calls.Get(arguments.Text(0)).Opened.IsWritable;
            case "toggleGraphicalEditingScope":
                return ToggleScope(calls.Get(arguments.Text(0)), arguments.Flag(1));
        }

        using IpcTurn turn = await calls.EnterAsync(arguments.Text(0), cancellationToken).ConfigureAwait(false);
        return await InvokeAsync(turn.IModel, method, arguments, cancellationToken).ConfigureAwait(false);
    }

    private async Task<JsonNode?> InvokeAsync(IpcIModel iModel, string method, IpcArguments arguments, CancellationToken cancellationToken)
    {
        switch (method)
        {
            case "saveChanges":
                await calls.SaveAsync(iModel, arguments.OptionalText(1) ?? "", cancellationToken).ConfigureAwait(false);
                return IpcAnswers.Undefined;
            case "abandonChanges":
                await calls.AbandonAsync(iModel, cancellationToken).ConfigureAwait(false);
                return IpcAnswers.Undefined;
            case "hasPendingTxns":
                return await HasPendingAsync(iModel, cancellationToken).ConfigureAwait(false);
            case "isUndoPossible":
                return (await calls.UndoListAsync(iModel, cancellationToken).ConfigureAwait(false)).Undo.Count > 0;
            case "isRedoPossible":
                return (await calls.UndoListAsync(iModel, cancellationToken).ConfigureAwait(false)).Redo is not null;
            case "getUndoString":
                return (await calls.UndoListAsync(iModel, cancellationToken).ConfigureAwait(false)).Undo is [.., var next] ? next.Description : "";
            case "getRedoString":
                return (await calls.UndoListAsync(iModel, cancellationToken).ConfigureAwait(false)).Redo?.Description ?? "";
            case "reverseTxns":
                return await StatusAsync(UndoAsync(iModel, arguments.Number(1), cancellationToken)).ConfigureAwait(false);
            case "reverseTxnsAsync":
                await UndoAsync(iModel, arguments.Number(1), cancellationToken).ConfigureAwait(false);
                return IpcAnswers.Undefined;
            case "reverseAllTxn":
                return await StatusAsync(UndoAsync(iModel, int.MaxValue, cancellationToken)).ConfigureAwait(false);
            case "reverseAllTxnsAsync":
                await UndoAsync(iModel, int.MaxValue, cancellationToken).ConfigureAwait(false);
                return IpcAnswers.Undefined;
            case "reinstateTxn":
                return await StatusAsync(RedoAsync(iModel, cancellationToken)).ConfigureAwait(false);
            case "reinstateTxnAsync":
                await RedoAsync(iModel, cancellationToken).ConfigureAwait(false);
                return IpcAnswers.Undefined;
            case "restartTxnSession":
                RefuseUnsaved(iModel);
                iModel.UndoFloor = (await calls.StateAsync(iModel, cancellationToken).ConfigureAwait(false)).Sequence;
                return IpcAnswers.Undefined;
            case "pullChanges":
                return await PullAsync(iModel, cancellationToken).ConfigureAwait(false);
            case "pushChanges":
                return await PushAsync(iModel, arguments.Text(1), cancellationToken).ConfigureAwait(false);
            default:
                throw new LiveRefusedException(LiveRefusals.InvalidTransaction, $"The channel {IpcChannels.Functions} has no method \"{method}\".");
        }
    }

    private static bool ToggleScope(IpcIModel iModel, bool start)
    {
        if (!iModel.Opened.IsWritable)
            throw new LiveRefusedException(LiveRefusals.NotWritable, "The iModel can only be read.");
        iModel.Events.IsInScope = start;
        return start;
    }

    private async Task<bool> HasPendingAsync(IpcIModel iModel, CancellationToken cancellationToken)
    {
        LiveVersion? newest = await calls.NewestVersionAsync(iModel, cancellationToken).ConfigureAwait(false);
        return (await calls.StateAsync(iModel, cancellationToken).ConfigureAwait(false)).Sequence > (newest?.State.Sequence ?? 0);
    }

    // As iTwin.js does, what is not saved is dropped first.
    private async Task UndoAsync(IpcIModel iModel, int count, CancellationToken cancellationToken)
    {
        await calls.AbandonAsync(iModel, cancellationToken).ConfigureAwait(false);
        UndoList list = await calls.UndoListAsync(iModel, cancellationToken).ConfigureAwait(false);

        // "All" is what was done since the session began.
        LiveCommitHeader[] targets = [.. (count == int.MaxValue ? list.Undo.Where(done => done.Session == iModel.Opened.Session.Id) : list.Undo).Reverse().Take(count)];
        if (targets.Length == 0)
            throw new LiveRefusedException(new LiveRefusal(LiveRefusals.NothingToUndo, "There is nothing to undo.", NothingToUndo));
        foreach (LiveCommitHeader target in targets)
            await calls.ReverseAsync(iModel, LiveOperation.Undo, target.OperationId, cancellationToken).ConfigureAwait(false);
    }

    private async Task RedoAsync(IpcIModel iModel, CancellationToken cancellationToken)
    {
        await calls.AbandonAsync(iModel, cancellationToken).ConfigureAwait(false);
        if ((await calls.UndoListAsync(iModel, cancellationToken).ConfigureAwait(false)).Redo is null)
            throw new LiveRefusedException(new LiveRefusal(LiveRefusals.NothingToRedo, "There is nothing to redo.", NothingToRedo));
        await calls.ReverseAsync(iModel, LiveOperation.Redo, null, cancellationToken).ConfigureAwait(false);
    }

    // The older functions answer a status; what is no such status is an error.
    private static async Task<int> StatusAsync(Task reversing)
    {
        try
        {
            await reversing.ConfigureAwait(false);
            return Success;
        }
        catch (LiveRefusedException refused) when (refused.Refusal.Name is LiveRefusals.NothingToUndo or LiveRefusals.NothingToRedo)
        {
            return refused.Refusal.Name == LiveRefusals.NothingToUndo ? NothingToUndo : NothingToRedo;
        }
    }

    private async Task<JsonNode> PullAsync(IpcIModel iModel, CancellationToken cancellationToken)
    {
        RefuseUnsaved(iModel);
        LiveVersion? newest = await calls.NewestVersionAsync(iModel, cancellationToken).ConfigureAwait(false);
        JsonNode changeset = ChangesetOf(iModel, newest);
        await iModel.Opened.Session.Client.WriteAsync(Event(iModel, "notifyPulledChanges", changeset)).ConfigureAwait(false);
        return changeset;
    }

    private async Task<JsonNode> PushAsync(IpcIModel iModel, string description, CancellationToken cancellationToken)
    {
        RefuseUnsaved(iModel);
        LiveVersion? version = await HasPendingAsync(iModel, cancellationToken).ConfigureAwait(false)
            ? await calls.NameVersionAsync(iModel, description.Length > 255 ? description[..255] : description.Length > 0 ? description : "-", cancellationToken).ConfigureAwait(false)
            : await calls.NewestVersionAsync(iModel, cancellationToken).ConfigureAwait(false);
        JsonNode changeset = ChangesetOf(iModel, version);
        await iModel.Opened.Session.Client.WriteAsync(Event(iModel, "notifyPushedChanges", changeset)).ConfigureAwait(false);
        return changeset;
    }

    private static void RefuseUnsaved(IpcIModel iModel)
    {
        if (iModel.Staged.Count > 0)
            throw new LiveRefusedException(LiveRefusals.InvalidTransaction, "There are unsaved changes. Save or abandon them first.");
    }

    private static JsonObject ChangesetOf(IpcIModel iModel, LiveVersion? version) =>
        version is null ? (JsonObject)iModel.Changeset.DeepClone() : new JsonObject { ["id"] = version.Id, ["index"] = version.Index };

    private static OutgoingMessage Event(IpcIModel iModel, string method, JsonNode argument) => OutgoingMessages.Ipc(
        IpcChannels.Txns(iModel.Opened.IModel.Key), JsonSerializer.SerializeToUtf8Bytes(new JsonArray(method, argument.DeepClone()), LiveHubJson.Default.JsonArray));

    private static string Shorten(string? text) => text is null ? "" : text.Length <= MostLogged ? text : text[..MostLogged];
}
