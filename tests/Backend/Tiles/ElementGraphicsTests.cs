using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Tests.Tiles;

/// <summary>Graphics of single elements, which frontends ask for while others' changes are drawn.</summary>
[Collection(BackendCollection.Name)]
public sealed class ElementGraphicsTests(BackendFixture fixture)
{
    /// <summary>Every frontend numbers its requests from 1; the library refuses an id that is under way.</summary>
    [Fact]
    public async Task Two_frontends_may_use_the_same_request_id_at_once()
    {
        Task<RpcReply>[] requests = [.. Enumerable.Range(0, 20).Select(_ => fixture.InvokeAsync(
            "rich.bim", "IModelTileRpcInterface", "requestElementGraphics",
            """[$token,{"elementId":"0x1f","id":"1","toleranceLog10":-2,"formatVersion":37}]"""))];
        foreach (RpcReply reply in await Task.WhenAll(requests))
        {
            using (reply)
                Assert.Equal(RpcStatus.Resolved, reply.Status);
        }
    }
}
