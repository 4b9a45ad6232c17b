using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Distribution.Payloads;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Routing;

namespace ITwinOrleans.Grains.Distribution.Loss;

/// <summary>Reaches owners in other processes, which come, go and move: what may be repeated is, so that a viewer sees no error.</summary>
internal sealed class PatientCluster(
    IIModelCluster inner, PatientCalls calls, ReplyFetcher fetcher, IOperationSafety safety) : IIModelCluster
{
    public ValueTask<RpcReply> InvokeAsync(string key, RpcCall call, CancellationToken cancellationToken) =>
        RunAsync(key, call, token => inner.InvokeAsync(key, call, token), cancellationToken);

    public ValueTask<RpcReply> InvokeOnServerAsync(RpcCall call, CancellationToken cancellationToken) =>
        RunAsync("the server", call, token => inner.InvokeOnServerAsync(call, token), cancellationToken);

    public async ValueTask EndSessionAsync(string key, string sessionId)
    {
        try
        {
            await calls.RunAsync(key, isRepeatable: true, async _ =>
            {
                await inner.EndSessionAsync(key, sessionId).ConfigureAwait(false);
                return true;
            }, _ => { }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (UnreachableException)
        {
            // The owner that knew the session is gone, and the session with it.
        }
    }

    public ValueTask<IModelStatus> GetStatusAsync(string key) =>
        calls.RunAsync(key, isRepeatable: true, _ => inner.GetStatusAsync(key), _ => { }, CancellationToken.None);

    private async ValueTask<RpcReply> RunAsync(string key, RpcCall call, Func<CancellationToken, ValueTask<RpcReply>> invoke, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.RunAsync(
                key, safety.IsRepeatable(call), token => AttemptAsync(invoke, token), reply => reply.Dispose(), cancellationToken).ConfigureAwait(false);
        }
        catch (OutcomeUnknownException)
        {
            return Replies.OutcomeUnknown();
        }
        catch (UnreachableException)
        {
            return Replies.Pending();
        }
    }

    private async ValueTask<RpcReply> AttemptAsync(Func<CancellationToken, ValueTask<RpcReply>> invoke, CancellationToken cancellationToken)
    {
        var reply = await invoke(cancellationToken).ConfigureAwait(false);
        return await fetcher.FetchAsync(reply, cancellationToken).ConfigureAwait(false);
    }
}
