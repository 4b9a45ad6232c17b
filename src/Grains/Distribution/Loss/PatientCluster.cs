using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Distribution.Payloads;
using ITwinOrleans.Grains.Live.Calls;
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

    public async ValueTask<ReadOnlyMemory<byte>> CallLiveAsync(string key, LiveCall call, CancellationToken cancellationToken)
    {
        try
        {
            // Writes carry an operation id; what else changes something does the same thing twice.
            return await calls.RunAsync(
                key, call.Operation != LiveOperation.NameVersion, token => inner.CallLiveAsync(key, call, token), _ => { }, cancellationToken).ConfigureAwait(false);
        }
        catch (OutcomeUnknownException)
        {
            return LiveAnswers.Refused(LiveRefusals.OutcomeUnknown, "The server that named the version ended before it answered. List the versions to see whether it did.");
        }
        catch (UnreachableException)
        {
            return LiveAnswers.Refused(LiveRefusals.Moved, "The iModel's owner cannot be reached now. Send the operation again under its id.");
        }
    }

    public ValueTask<LiveNews> ReadLiveAsync(string key, LiveRead read, CancellationToken cancellationToken) =>
        calls.RunAsync(key, isRepeatable: true, token => inner.ReadLiveAsync(key, read, token), _ => { }, cancellationToken);

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
