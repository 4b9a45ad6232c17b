using ITwinOrleans.Api.Rpc;
using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Api.Tests.Rpc;

/// <summary>The default: an error's status is one whose body the frontend reads.</summary>
public sealed class ReadableStatusTests
{
    private static readonly int[] Readable = [200, 202, 204, 404, 500, 408, 429];

    [Fact]
    public async Task Errors_byDefault_haveAStatusWhoseBodyTheFrontendReads()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        foreach (ProtocolCase found in ProtocolCases.All.Where(item => item.Status is 400 or 403 && item.ContentType is not null))
        {
            RawResponse response = await RawHttp.SendAsync(server.Port, found.Request);

            Assert.Equal(500, response.Status);
            Assert.True(found.Body(response.Text), response.Text);
        }
    }

    [Fact]
    public void For_everyErrorNumber_isNeverASuccess()
    {
        Assert.True(RpcRequestPath.TryParse("/I-1.0.0-o", out RpcRequestPath? path, out _));
        var request = new Api.Rpc.RpcRequest(path, new RpcActivity("a"), 2);
        for (int number = -10; number < 160_000; number++)
        {
            var reply = new RpcReply { Status = RpcStatus.Rejected, Error = new RpcError("n", "m", number) };
            int byDefault = RpcAnswer.For(reply, request, ErrorStatusCodes.Readable).StatusCode;

            Assert.True(byDefault >= 400 && Readable.Contains(byDefault), $"{number}: {byDefault}");
            Assert.True(RpcAnswer.For(reply, request, ErrorStatusCodes.ByCategory).StatusCode >= 400);
        }
    }
}
