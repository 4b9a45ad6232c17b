using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Worker.IModels;

/// <summary>What is needed of an RPC call besides its parameters, which travel beside it as they came.</summary>
/// <param name="Handle">The open iModel, or empty for an operation that needs none.</param>
/// <param name="Interface">See <see cref="RpcCall.Interface"/>.</param>
/// <param name="Version">See <see cref="RpcCall.Version"/>.</param>
/// <param name="Operation">See <see cref="RpcCall.Operation"/>.</param>
/// <param name="Activity">Who asks.</param>
public sealed record InvokeHeader(string Handle, string Interface, string Version, string Operation, RpcActivity Activity);
