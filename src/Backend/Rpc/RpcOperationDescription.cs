namespace ITwinOrleans.Backend.Rpc;

/// <summary>One operation of an RPC interface, as far as the edge must know it.</summary>
/// <param name="Name">For example <c>getElementProps</c>.</param>
/// <param name="Caching">Whether and how long a browser may keep the answer, when the iModel is of a fixed version.</param>
public sealed record RpcOperationDescription(string Name, RpcResponseCaching Caching = RpcResponseCaching.None)
{
    /// <summary>Only operators may call it (process statistics, log levels); with no authentication configured everyone is one.</summary>
    public bool OperatorsOnly { get; init; }

    /// <summary>Running it twice does what running it once does: a safe read.</summary>
    public bool IsRepeatable { get; init; }
}
