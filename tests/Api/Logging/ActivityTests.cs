using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Api.Tests.Logging;

public sealed class ActivityTests
{
    [Fact]
    public async Task Log_ofARequest_carriesTheFrontendsActivity()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        RawRequest request = RawRequest.Post("/IModelReadRpcInterface-3.8.0-getDefaultViewId", """[{"key":"test.bim"}]""")
            .Without("X-Correlation-Id").With("X-Correlation-Id", "act-1").With("X-Session-Id", "ses-1").With("X-Application-Id", "app-1").With("X-Application-Version", "9.1");

        await RawHttp.SendAsync(server.Port, request);

        RecordingLoggerProvider.LogLine line = Assert.Single(server.Logs.Lines, found => found.Message.StartsWith("IModelReadRpcInterface.getDefaultViewId answered 200", StringComparison.Ordinal));
        Assert.Equal(("act-1", "ses-1", "getDefaultViewId"), (line.Scope["ActivityId"], line.Scope["SessionId"], line.Scope["RpcMethod"]));
        Assert.True(server.Router.Calls.TryDequeue(out var received));
        Assert.Equal(new Backend.Rpc.RpcActivity("act-1", "ses-1", "app-1", "9.1"), received.Call.Activity);
    }

    [Fact]
    public async Task Log_ofRequests_hasNoTokensOrParameters()
    {
        await using ApiServer server = await ApiServer.StartAsync();

        await RawHttp.SendAsync(server.Port, RawRequest.Post("/IModelReadRpcInterface-3.8.0-getDefaultViewId", """["parameter-secret"]""").With("Authorization", "Bearer token-secret"));

        Assert.DoesNotContain(server.Logs.Lines, line => line.Message.Contains("-secret", StringComparison.Ordinal));
    }
}
