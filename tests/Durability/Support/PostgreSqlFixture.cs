using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Durability.Tests.Support;

/// <summary>One server for the tests that only need one that runs; each takes a database of its own.</summary>
public sealed class PostgreSqlFixture : IAsyncLifetime
{
    public PostgreSqlServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgreSqlServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
