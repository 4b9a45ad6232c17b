using System.Text.Json;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Tests.IModels;

[Collection(BackendCollection.Name)]
public sealed class FairnessTests(BackendFixture fixture)
{
    [Fact]
    public async Task GetElementProps_of_thousands_lets_another_iModels_call_through()
    {
        string ids = string.Join(',', Enumerable.Range(1, 0x13AE).Select(i => $"\"0x{i:x}\""));
        Task<RpcReply> many = fixture.ReadAsync("rich.bim", "getElementProps", $"[$token,[{ids}]]");
        Task<RpcReply> few = fixture.ReadAsync("test.bim", "getElementProps", """[$token,["0x1"]]""");
        Assert.Same(few, await Task.WhenAny(many, few));
        using RpcReply fewReply = await few, manyReply = await many;
        Assert.Equal(RpcStatus.Resolved, fewReply.Status);
        Assert.Equal(5025, JsonDocument.Parse(manyReply.Json).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task GetElementProps_that_nobody_waits_for_stops()
    {
        string ids = string.Join(',', Enumerable.Range(1, 0x13AE).Select(i => $"\"0x{i:x}\""));
        using var gone = new CancellationTokenSource();
        var call = new RpcCall
        {
            Interface = "IModelReadRpcInterface",
            Version = "3.8.0",
            Operation = "getElementProps",
            Parameters = System.Text.Encoding.UTF8.GetBytes($"[{{}},[{ids}]]"),
            Activity = new RpcActivity("1"),
        };
        Task<RpcReply> running = fixture.Backend.Dispatcher.InvokeAsync(call, "rich.bim", gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
