namespace ITwinOrleans.Backend.Rpc;

/// <summary>An error as the frontend gets it (it becomes a <c>BackendError</c> there).</summary>
/// <param name="Name">The error's name, for example <c>Not Found</c> or <c>iTwinError</c>.</param>
/// <param name="Message">What went wrong and what to do, free of paths and other inside knowledge.</param>
/// <param name="ErrorNumber">An IModelStatus, DbResult, BentleyStatus or RpcInterfaceStatus number.</param>
public sealed record RpcError(string Name, string Message, int ErrorNumber)
{
    /// <summary>Further own properties of the error, a UTF-8 JSON object (for example <c>{"iTwinErrorId":{"scope":..,"key":..}}</c>), or empty.</summary>
    public ReadOnlyMemory<byte> Properties { get; init; }
}
