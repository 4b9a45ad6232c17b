using System.Text;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native;
using ITwinOrleans.Native.Tests.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace ITwinOrleans.Backend.Tests;

/// <summary>The one engine of the test process with a backend over it, and copies of real iModels open in it.</summary>
public sealed class BackendFixture : IAsyncLifetime
{
    private static readonly string[] Files = ["rich.bim", "test.bim", "JoesHouse.bim", "ElementAspectTest.bim"];

    public NativeEngine Engine { get; private set; } = null!;

    public ITwinBackend Backend { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Engine = await NativeEngine.StartAsync();
        Backend = new ITwinBackend(Engine, new BackendOptions(), NullLoggerFactory.Instance);
        foreach (string file in Files)
            await OpenAsync(file);
    }

    public async Task DisposeAsync()
    {
        await Backend.DisposeAsync();
        await Engine.DisposeAsync();
        TestFiles.DeleteCopies();
    }

    /// <summary>The open iModel of a file.</summary>
    public IModelDb IModel(string file) => Backend.IModels.Get(file);

    /// <summary>Opens a copy of a file; its handle is its name, its key the one that the peer gives it.</summary>
    public async Task<IModelDb> OpenAsync(string file)
    {
        string path = TestFiles.Copy(file);
        ConnectionProps props = await Backend.IModels.DescribeAsync(file, path, CancellationToken.None);
        return await Backend.IModels.OpenAsync(file, $"{props.IModelId}:{props.ChangesetId}", path);
    }

    /// <summary>Runs an operation on the iModel of a file; <c>$token</c> in the parameters stands for its token.</summary>
    public Task<RpcReply> InvokeAsync(string file, string name, string operation, string parameters, string? version = null) =>
        InvokeAsync(Backend, file, name, operation, parameters, version);

    /// <summary>Runs an operation in a backend with options of its own.</summary>
    public Task<RpcReply> InvokeAsync(ITwinBackend backend, string file, string name, string operation, string parameters, string? version = null)
    {
        var call = new RpcCall
        {
            Interface = name,
            Version = version ?? backend.Interfaces.Find(name)?.Version ?? "1.0.0",
            Operation = operation,
            Parameters = Encoding.UTF8.GetBytes(parameters.Replace("$token", Token(file), StringComparison.Ordinal)),
            Activity = new RpcActivity("11111111-1111-1111-1111-111111111111"),
        };
        return backend.Dispatcher.InvokeAsync(call, null, CancellationToken.None);
    }

    /// <summary>An operation of <c>IModelReadRpcInterface</c>.</summary>
    public Task<RpcReply> ReadAsync(string file, string operation, string parameters) => InvokeAsync(file, "IModelReadRpcInterface", operation, parameters);

    private string Token(string file)
    {
        IModelDb iModel = IModel(file);
        return $$"""{"key":"{{iModel.Key}}","iTwinId":"{{iModel.Connection.ITwinId}}","iModelId":"{{iModel.Connection.IModelId}}","changeset":{"id":"","index":0} }""";
    }
}

[CollectionDefinition(Name)]
public sealed class BackendCollection : ICollectionFixture<BackendFixture>
{
    public const string Name = "backend";
}
