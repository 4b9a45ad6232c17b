using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Lets Orleans carry an <see cref="RpcCall"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class RpcCallConverter : IConverter<RpcCall, RpcCallSurrogate>
{
    public RpcCall ConvertFromSurrogate(in RpcCallSurrogate surrogate) => surrogate.ToCall();

    public RpcCallSurrogate ConvertToSurrogate(in RpcCall value) => RpcCallSurrogate.From(value);
}
