using System.Text;
using System.Text.Json;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Live;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.IModels;

/// <summary>The part of <see cref="IModelWork"/> that is about live iModels.</summary>
internal sealed class LiveWork(IModelHost iModels)
{
    /// <summary>Runs the work; null when it is none of a live iModel's.</summary>
    public async Task<WorkResponse?> RunAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request.Operation switch
            {
                IModelWork.Write => await WriteAsync(request, cancellationToken).ConfigureAwait(false),
                IModelWork.Stage => await StageAsync(request, cancellationToken).ConfigureAwait(false),
                IModelWork.Unstage => await UnstageAsync(WorkJson.Read(request.Json, IModelWorkJson.Default.SessionWork), cancellationToken).ConfigureAwait(false),
                IModelWork.NameVersion => await NameVersionAsync(WorkJson.Read(request.Json, IModelWorkJson.Default.NameVersionWork), cancellationToken).ConfigureAwait(false),
                IModelWork.Versions => await VersionsAsync(WorkJson.Read(request.Json, IModelWorkJson.Default.HandleWork), cancellationToken).ConfigureAwait(false),
                IModelWork.Undo or IModelWork.Redo => await InvertAsync(
                    request.Operation, WorkJson.Read(request.Json, IModelWorkJson.Default.UndoWork), cancellationToken).ConfigureAwait(false),
                IModelWork.ReadFeed => await ReadFeedAsync(WorkJson.Read(request.Json, IModelWorkJson.Default.ReadFeedWork), cancellationToken).ConfigureAwait(false),
                IModelWork.History => await HistoryAsync(WorkJson.Read(request.Json, IModelWorkJson.Default.HistoryWork), cancellationToken).ConfigureAwait(false),
                IModelWork.Checkpoint => await CheckpointAsync(WorkJson.Read(request.Json, IModelWorkJson.Default.CheckpointWork), cancellationToken).ConfigureAwait(false),
                _ => null,
            };
        }
        catch (LiveRefusedException exception)
        {
            return new WorkResponse { Json = JsonSerializer.SerializeToUtf8Bytes(new LiveRefusalAnswer(exception.Refusal), LiveJson.Default.LiveRefusalAnswer) };
        }
        catch (IModelNotOpenException exception)
        {
            throw new WorkFailedException(IModelWork.NotOpenError, "The iModel is not open in this worker.", inner: exception);
        }
    }

    private async Task<WorkResponse> WriteAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        var header = WorkJson.ReadHeader(request, IModelWorkJson.Default.WriteHeader);
        var author = new LiveAuthor(header.Session, header.User);
        return Answer(await LiveOf(header.Handle).WriteAsync(author, header.Epoch, request.Json, cancellationToken).ConfigureAwait(false));
    }

    private async Task<WorkResponse> StageAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        var header = WorkJson.ReadHeader(request, IModelWorkJson.Default.WriteHeader);
        var author = new LiveAuthor(header.Session, header.User);
        return Answer(new CommitAnswer(await LiveOf(header.Handle).StageAsync(author, header.Epoch, request.Json, cancellationToken).ConfigureAwait(false), null));
    }

    private async Task<WorkResponse> UnstageAsync(SessionWork work, CancellationToken cancellationToken)
    {
        await LiveOf(work.Handle).UnstageAsync(work.Session, cancellationToken).ConfigureAwait(false);
        return new WorkResponse();
    }

    private async Task<WorkResponse> NameVersionAsync(NameVersionWork work, CancellationToken cancellationToken)
    {
        var version = await LiveOf(work.Handle).NameVersionAsync(work.User, work.Epoch, work.Name, cancellationToken).ConfigureAwait(false);
        return new WorkResponse { Json = JsonSerializer.SerializeToUtf8Bytes(version, LiveJson.Default.LiveVersion) };
    }

    private async Task<WorkResponse> VersionsAsync(HandleWork work, CancellationToken cancellationToken)
    {
        LiveVersion[] versions = [.. await LiveOf(work.Handle).ReadVersionsAsync(cancellationToken).ConfigureAwait(false)];
        return new WorkResponse { Json = JsonSerializer.SerializeToUtf8Bytes(versions, LiveJson.Default.LiveVersionArray) };
    }

    private async Task<WorkResponse> InvertAsync(string operation, UndoWork work, CancellationToken cancellationToken)
    {
        var live = LiveOf(work.Handle);
        var author = new LiveAuthor(work.Session, work.User);
        var inversion = new LiveInversion(work.OperationId, work.Target, work.Description);
        return Answer(operation == IModelWork.Undo
            ? await live.UndoAsync(author, work.Epoch, inversion, cancellationToken).ConfigureAwait(false)
            : await live.RedoAsync(author, work.Epoch, inversion, cancellationToken).ConfigureAwait(false));
    }

    private async Task<WorkResponse> ReadFeedAsync(ReadFeedWork work, CancellationToken cancellationToken)
    {
        var page = await LiveOf(work.Handle).ReadFeedAsync(work.After, work.MaxCommits, work.MaxBytes, cancellationToken).ConfigureAwait(false);
        return new WorkResponse { Json = JsonSerializer.SerializeToUtf8Bytes(page.Head, LiveJson.Default.LiveFeedHead), Binaries = page.Records };
    }

    private async Task<WorkResponse> HistoryAsync(HistoryWork work, CancellationToken cancellationToken) => new()
    {
        Json = Encoding.UTF8.GetBytes(await LiveOf(work.Handle).ReadHistoryAsync(work.Before, work.User, work.Count, cancellationToken).ConfigureAwait(false)),
    };

    private async Task<WorkResponse> CheckpointAsync(CheckpointWork work, CancellationToken cancellationToken)
    {
        await LiveOf(work.Handle).CheckpointAsync(work.Epoch, work.Sequence, cancellationToken).ConfigureAwait(false);
        return new WorkResponse();
    }

    private static WorkResponse Answer(CommitAnswer answer) => new()
    {
        Json = JsonSerializer.SerializeToUtf8Bytes(answer.Result, LiveJson.Default.LiveResult),
        Binaries = answer.Record is null ? [] : [answer.Record],
    };

    private LiveIModel LiveOf(string handle) =>
        iModels.Get(handle).Live ?? throw new LiveRefusedException(LiveRefusals.NotWritable, "The iModel is open for reading only");
}
