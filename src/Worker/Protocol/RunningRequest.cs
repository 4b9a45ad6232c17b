using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>A request that the worker's handler has: runs it off the receive loop and turns whatever happens into one answer.</summary>
internal sealed class RunningRequest : IThreadPoolWorkItem, IDisposable
{
    private readonly ServingConnection _connection;
    private readonly IWorkHandler _handler;
    private readonly WorkRequest _request;
    private readonly CancellationTokenSource _cancellation;
    private readonly PooledBuffer _body;
    private WorkResponse? _response;

    public RunningRequest(ServingConnection connection, IWorkHandler handler, ulong id, MessageBody message, PooledBuffer body, CancellationToken connectionEnded)
    {
        _connection = connection;
        _handler = handler;
        _body = body;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(connectionEnded);
        _request = new WorkRequest { Operation = message.Text1, CorrelationId = message.Text2, Json = message.Json, Binaries = message.Binaries };
        Id = id;
    }

    public ulong Id { get; }

    /// <summary>Asks the handler to stop; not on this thread, since what the handler has registered may take its time.</summary>
    public void Cancel() => ThreadPool.UnsafeQueueUserWorkItem(static request => _ = request.CancelAsync(), this, preferLocal: false);

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    /// <summary>Gives back the answer's memory and the request's.</summary>
    public void Dispose()
    {
        try
        {
            _response?.Dispose();
        }
        finally
        {
            _body.Dispose();
        }
    }

    private async Task CancelAsync()
    {
        try
        {
            await _cancellation.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It was answered in the meantime.
        }
        catch (AggregateException e)
        {
            await Console.Error.WriteLineAsync($"Cancelling '{_request.Operation}' failed: {e.Message}").ConfigureAwait(false);
        }
    }

    private async Task RunAsync()
    {
        OutgoingFrame answer;
        try
        {
            _response = await _handler.RunAsync(_request, _cancellation.Token).ConfigureAwait(false);
            answer = _response is null
                ? Refuse(ErrorCode.WorkFailed, WorkFailedException.InternalError, "The handler returned nothing.")
                : OutgoingFrame.Response(Id, _response, this);
            if (answer.Length > _connection.Limits.MaxMessageBytes || answer.Body.Binaries.Count > WorkRequest.MaxBinaries)
            {
                answer = Refuse(ErrorCode.ResponseTooLarge, "",
                    $"The answer has {answer.Length} bytes in {answer.Body.Binaries.Count} binary parts; {_connection.Limits.MaxMessageBytes} in {WorkRequest.MaxBinaries} are allowed.");
            }
        }
        catch (WorkFailedException e)
        {
            answer = Refuse(ErrorCode.WorkFailed, e.Name, e.Message, e.Details.Length <= _connection.Limits.MaxMessageBytes / 2 ? e.Details : default);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            answer = Refuse(ErrorCode.Cancelled, "", "The work was cancelled.");
        }
        catch (Exception e)
        {
            answer = Refuse(ErrorCode.WorkFailed, WorkFailedException.InternalError, $"{e.GetType().Name}: {e.Message}");
        }
        _connection.Answer(this, answer);
        _cancellation.Dispose();
    }

    private OutgoingFrame Refuse(ErrorCode code, string name, string message, ReadOnlyMemory<byte> details = default)
    {
        Dispose();
        return OutgoingFrame.Error(Id, code, name, message, details);
    }
}
