using System.Text;
using ITwinOrleans.Backend.Rpc;
using Microsoft.Extensions.Logging.Abstractions;

namespace ITwinOrleans.Backend.Tests.Rpc;

[Collection(BackendCollection.Name)]
public sealed class RpcRegistryTests(BackendFixture fixture)
{
    [Fact]
    public void Interfaces_are_those_of_iTwinJs_with_their_operations()
    {
        string[] interfaces = [.. fixture.Backend.Interfaces.Interfaces.Select(i => $"{i.Name}@{i.Version}:{i.Operations.Count}")];
        Assert.Equal(
            [
                "IModelReadRpcInterface@3.8.0:33", "IModelTileRpcInterface@3.2.0:7", "SnapshotIModelRpcInterface@2.0.0:3",
                "DevToolsRpcInterface@0.7.0:4", "ECSchemaRpcInterface@2.0.0:2",
            ],
            interfaces);
    }

    [Fact]
    public void Operations_are_in_the_order_of_the_source_with_their_flags()
    {
        RpcInterfaceDescription read = fixture.Backend.Interfaces.Find("IModelReadRpcInterface")!;
        Assert.Equal(["getConnectionProps", "queryRows", "querySubCategories"], read.Operations.Take(3).Select(o => o.Name));
        Assert.Equal(RpcResponseCaching.Shared, read.Find("getConnectionProps")!.Caching);
        Assert.Equal(RpcResponseCaching.None, read.Find("queryRows")!.Caching);
        Assert.True(fixture.Backend.Interfaces.IsRepeatable("IModelReadRpcInterface", "queryRows"));
        Assert.False(fixture.Backend.Interfaces.IsRepeatable("IModelReadRpcInterface", "callViewStore"));
        Assert.False(fixture.Backend.Interfaces.IsRepeatable("Nope", "nope"));
        Assert.True(fixture.Backend.Interfaces.Find("DevToolsRpcInterface")!.Find("stats")!.OperatorsOnly);
    }

    [Theory]
    [InlineData("NopeRpcInterface", "x", "1.0.0", "RPC interface \"NopeRpcInterface\" is not initialized.", 32768)]
    [InlineData(
        "IModelReadRpcInterface", "nope", "3.8.0", "RPC interface class \"IModelReadRpcInterface\" does not does not declare operation \"nope\"", 32768)]
    [InlineData(
        "IModelReadRpcInterface", "queryRows", "3.9.0", "Backend version 3.8.0 does not match frontend version 3.9.0 for RPC interface queryRows.", 135168)]
    public async Task Invoke_what_is_not_there_gives_the_error_of_iTwinJs(string name, string operation, string version, string message, int number)
    {
        using RpcReply reply = await fixture.InvokeAsync("rich.bim", name, operation, "[$token]", version);
        Assert.Equal(RpcStatus.Rejected, reply.Status);
        Assert.Equal((message, number), (reply.Error!.Message, reply.Error.ErrorNumber));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("[1,]")]
    [InlineData("[1] [2]")]
    [InlineData("nonsense")]
    [InlineData("""[$token,["\ud800"]]""")]
    public async Task Invoke_parameters_that_are_no_array_gives_an_error(string parameters)
    {
        using RpcReply reply = await fixture.InvokeAsync("rich.bim", "IModelReadRpcInterface", "getElementProps", parameters);
        Assert.Equal(RpcStatus.Rejected, reply.Status);
        Assert.DoesNotContain("inside", reply.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_an_applications_own_interface_runs_it()
    {
        await using var backend = new ITwinBackend(fixture.Engine, new BackendOptions(), NullLoggerFactory.Instance, static _ => [new CountRpc()]);
        using RpcReply joined = await fixture.InvokeAsync(backend, "rich.bim", "CountRpcInterface", "join", """[["a","b"]]""");
        Assert.Equal("\"a-b\"", Encoding.UTF8.GetString(joined.Json.Span));
        Assert.Equal(RpcResponseCaching.Immutable, backend.Interfaces.Find("CountRpcInterface")!.Find("countElements")!.Caching);

        await backend.IModels.OpenAsync("own", fixture.IModel("rich.bim").Key, ITwinOrleans.Native.Tests.Data.TestFiles.Copy("rich.bim"));
        using RpcReply counted = await fixture.InvokeAsync(backend, "rich.bim", "CountRpcInterface", "countElements", """[$token,"bis.Subject"]""");
        Assert.Equal("1", Encoding.UTF8.GetString(counted.Json.Span));
    }

    [Fact]
    public async Task Invoke_an_operation_that_breaks_tells_nothing_of_the_inside()
    {
        await using var backend = new ITwinBackend(fixture.Engine, new BackendOptions(), NullLoggerFactory.Instance, static _ => [new CountRpc()]);
        using RpcReply reply = await fixture.InvokeAsync(backend, "rich.bim", "CountRpcInterface", "break", "[]");
        Assert.Equal(RpcStatus.Rejected, reply.Status);
        Assert.DoesNotContain("secret", reply.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Registry_a_class_without_its_attribute_is_refused() =>
        Assert.Contains("[RpcInterface", Assert.Throws<ArgumentException>(() => new RpcRegistry([new Nameless()])).Message, StringComparison.Ordinal);

    [Fact]
    public void Registry_an_operation_with_a_wrong_signature_is_refused() =>
        Assert.Contains("Task<RpcReply>", Assert.Throws<ArgumentException>(() => new RpcRegistry([new WrongSignature()])).Message, StringComparison.Ordinal);

    private sealed class Nameless : RpcInterface;

    [RpcInterface("Wrong", "1.0.0")]
    private sealed class WrongSignature : RpcInterface
    {
        [RpcOperation]
        public string Operation(string text) => text;
    }
}
