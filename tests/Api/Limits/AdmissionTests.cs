using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Api.Tests.Limits;

/// <summary>Concurrency and queues have bounds, and a refusal says when to come again.</summary>
public sealed class AdmissionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("Client", 429)]
    [InlineData("IModel", 503)]
    public async Task Requests_overTheBound_areRefusedAndTheWaitingOnesRun(string bound, int status)
    {
        await using ApiServer server = await ApiServer.StartAsync(
            ($"Limits:ConcurrencyPer{bound}", "1"), ($"Limits:QueuePer{bound}", "1"), ("Limits:RetryAfterSeconds", "7"));
        var arrived = new SemaphoreSlim(0);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Router.Gate = (_, _) =>
        {
            arrived.Release();
            return release.Task;
        };

        // Three at once: one runs, one waits, one is too many, whichever it is.
        Task<RawResponse>[] requests = [.. Enumerable.Range(0, 3).Select(_ => RawHttp.SendAsync(server.Port, Request("m")))];
        Assert.True(await arrived.WaitAsync(Patience), "no request reached the router");
        RawResponse refused = await await Task.WhenAny(requests).WaitAsync(Patience);

        Assert.Equal(status, refused.Status);
        Assert.Equal("7", refused.Header("Retry-After"));
        Assert.Contains("\"isError\":true", refused.Text, StringComparison.Ordinal);
        release.SetResult();
        RawResponse[] all = await Task.WhenAll(requests);
        Assert.Equal(2, all.Count(response => response.Status == 200));
        Assert.Equal(200, (await RawHttp.SendAsync(server.Port, Request("m"))).Status);
    }

    [Fact]
    public async Task Requests_toAnotherIModel_doNotWait()
    {
        await using ApiServer server = await ApiServer.StartAsync(("Limits:ConcurrencyPerIModel", "1"), ("Limits:QueuePerIModel", "10"));
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Router.Gate = (_, _) => server.Router.Calls.Last().Target.IModelId == "busy" ? Wait() : Task.CompletedTask;
        Task Wait()
        {
            arrived.TrySetResult();
            return release.Task;
        }

        Task<RawResponse> busy = RawHttp.SendAsync(server.Port, Request("busy"));
        await arrived.Task.WaitAsync(Patience);

        Assert.Equal(200, (await RawHttp.SendAsync(server.Port, Request("idle")).WaitAsync(Patience)).Status);
        release.SetResult();
        Assert.Equal(200, (await busy).Status);
    }

    [Theory]
    [InlineData("Limits:RequestLineBytes", "100")]
    [InlineData("Limits:RpcBodyBytes", "0")]
    [InlineData("Limits:ConcurrencyPerClient", "0")]
    [InlineData("Rpc:CompressionThreshold", "-1")]
    [InlineData("Authentication:Audience", "lonely")]
    [InlineData("Authentication:Authority", "not a url")]
    public async Task Settings_wrong_stopTheStart(string key, string value) =>
        Assert.Contains(
            key.Split(':')[1], (await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => ApiServer.StartAsync((key, value)))).Message,
            StringComparison.Ordinal);

    private static RawRequest Request(string iModelId) => RawRequest.Post(
        $"/t/v/mode/1/context/i/imodel/{iModelId}/changeset/0/IModelReadRpcInterface-3.8.0-getDefaultViewId", """[{"key":"test.bim","iTwinId":"i","iModelId":"m"}]""");
}
