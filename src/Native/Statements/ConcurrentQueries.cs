using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Statements;

/// <summary>ECSQL run by the library on threads and connections of its own, with quotas on time and memory.</summary>
/// <remarks>
/// The library takes of the requests that wait the newest first, so under load some would wait for ever. Here they wait in the order in which they
/// came, and it gets as many as it has threads for.
/// </remarks>
public sealed class ConcurrentQueries : DbPart<NativeDb>
{
    // The library starts at least so many.
    private static readonly int Threads = Environment.ProcessorCount;

    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _running;

    internal ConcurrentQueries(NativeDb db)
        : base(db)
    {
    }

    /// <summary>
    /// Runs a request (DbRequest) and gives its DbResponse as JSON, bytes untouched. A response that says that a quota was exceeded or that
    /// the query was cancelled is a response, not an exception: see its <c>status</c>.
    /// </summary>
    /// <exception cref="NativeException">The request is of no kind that the library knows.</exception>
    public async Task<NativeResult> ExecuteAsync(NativeJson request)
    {
        await EnterAsync();
        var turn = new Turn(this);
        Task<NativeResult[]> running;
        try
        {
            running = Db.CallBackAsync("concurrentQueryExecute", turn.End, request);
        }
        catch
        {
            turn.End();
            throw;
        }

        NativeResult[] answer = await running.ConfigureAwait(false);
        return answer.Length > 0 ? answer[0] : throw new NativeErrorException("A query was answered without a response");
    }

    /// <summary>Changes the quotas, the number of threads and the queue's length (QueryConfig), and gives the configuration in force.</summary>
    public NativeResult ResetConfig(NativeJson config = default) => Db.Call("concurrentQueryResetConfig", config);

    /// <summary>Cancels the requests under way and ends the threads; the next request starts them again.</summary>
    public void Shutdown() => Db.Invoke("concurrentQueryShutdown");

    private Task EnterAsync()
    {
        if (_running < Threads)
        {
            _running++;
            return Task.CompletedTask;
        }

        var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(place);
        return place.Task;
    }

    private void Leave()
    {
        if (_waiting.TryDequeue(out TaskCompletionSource? next))
            next.SetResult();
        else
            _running--;
    }

    /// <summary>The right of one request to run; it ends once.</summary>
    private sealed class Turn(ConcurrentQueries queries)
    {
        private bool _ended;

        public void End()
        {
            if (_ended)
                return;
            _ended = true;
            queries.Leave();
        }
    }
}
