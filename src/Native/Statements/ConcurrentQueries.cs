using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Statements;

/// <summary>ECSQL run by the library on threads and connections of its own, with quotas on time and memory.</summary>
public sealed class ConcurrentQueries : DbPart<NativeDb>
{
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
        NativeResult[] answer = await Db.CallBackAsync("concurrentQueryExecute", request).ConfigureAwait(false);
        return answer.Length > 0 ? answer[0] : throw new NativeErrorException("A query was answered without a response");
    }

    /// <summary>Changes the quotas, the number of threads and the queue's length (QueryConfig), and gives the configuration in force.</summary>
    public NativeResult ResetConfig(NativeJson config = default) => Db.Call("concurrentQueryResetConfig", config);

    /// <summary>Cancels the requests under way and ends the threads; the next request starts them again.</summary>
    public void Shutdown() => Db.Invoke("concurrentQueryShutdown");
}
