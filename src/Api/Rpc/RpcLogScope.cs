using System.Collections;

namespace ITwinOrleans.Api.Rpc;

/// <summary>What every log line of a request carries, in the names of iTwin.js.</summary>
internal sealed class RpcLogScope(RpcRequest request) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 4;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("ActivityId", request.Activity.Id),
        1 => new("SessionId", request.Activity.SessionId),
        2 => new("ApplicationId", request.Activity.ApplicationId),
        3 => new("RpcMethod", request.Path.Operation),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"ActivityId:{request.Activity.Id} SessionId:{request.Activity.SessionId} RpcMethod:{request.Path.Operation}";
}
