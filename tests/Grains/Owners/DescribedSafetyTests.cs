using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Tests.Fixtures;

namespace ITwinOrleans.Grains.Tests.Owners;

public sealed class DescribedSafetyTests
{
    private readonly DescribedSafety _safety = new(new RpcInterfaceTypes([.. RpcInterfaceTypes.BuiltIn, typeof(OwnRpc)]));

    [Theory]
    [InlineData("IModelReadRpcInterface", "getConnectionProps", true)]
    [InlineData("IModelReadRpcInterface", "noSuchThing", false)]
    [InlineData("NoRpcInterface", "getConnectionProps", false)]
    [InlineData("OwnRpcInterface", "look", true)]
    [InlineData("OwnRpcInterface", "change", false)]
    public void IsRepeatable_is_what_the_operation_says(string @interface, string operation, bool expected) =>
        Assert.Equal(expected, _safety.IsRepeatable(Bench.Call(operation, @interface: @interface)));

    [RpcInterface("OwnRpcInterface", "1.0.0")]
    public sealed class OwnRpc : RpcInterface
    {
        [RpcOperation(IsRepeatable = true)]
        public Task<RpcReply> LookAsync(RpcRequest request) => Task.FromResult(RpcResult.Boolean(request.HasIModel));

        [RpcOperation]
        public Task<RpcReply> Change(RpcRequest request) => Task.FromResult(RpcResult.Boolean(request.HasIModel));
    }
}
