using ITwinOrleans.Backend.Rpc;
using Orleans.Serialization.Cloning;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Hands a reply to a caller in the same silo as it is: a copy would be a second owner of the same memory.</summary>
[RegisterCopier]
internal sealed class RpcReplyCopier : IDeepCopier<RpcReply>
{
    public RpcReply? DeepCopy(RpcReply? input, CopyContext context) => input;
}
