using ITwinOrleans.Native;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Durability.Tests.Support;

/// <summary>What all tests share: the one native engine of the process, and a server for the tests that only need one that runs.</summary>
public sealed class RealStores : IAsyncLifetime
{
    public NativeEngine Engine { get; private set; } = null!;

    public PostgreSqlServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Engine = await NativeEngine.StartAsync();
        Server = await PostgreSqlServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Engine.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class RealStoresCollection : ICollectionFixture<RealStores>
{
    public const string Name = "real stores";
}
