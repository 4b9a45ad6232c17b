using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.WebClient.Tests.Servers;

/// <summary>The product and the peer over the same iModel, both started once, when first asked for.</summary>
public sealed class ServersFixture : IAsyncLifetime
{
    private readonly Lazy<Task<ProductServer>> _product = new(() => ProductServer.StartAsync(RichFile, Path.Combine(PeerFiles.Data, "test.bim")));
    private readonly Lazy<Task<RunningServer>> _peer = new(() => PeerProgram.StartAsync([RichFile], "--preopen"));

    /// <summary>The sample iModel with 5,000 elements, four models and six categories.</summary>
    public static string RichFile => Path.Combine(PeerFiles.Data, "rich.bim");

    /// <summary>Where the server that is tested is.</summary>
    public async Task<Uri> ProductAsync() => (await ProductServerAsync()).Address;

    /// <summary>The server that is tested.</summary>
    public Task<ProductServer> ProductServerAsync() => _product.Value;

    /// <summary>The Node.js backend.</summary>
    public async Task<Uri> PeerAsync() => new($"http://127.0.0.1:{(await _peer.Value).Port}");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_product.IsValueCreated)
            await (await _product.Value).DisposeAsync();
        if (_peer.IsValueCreated)
            await (await _peer.Value).DisposeAsync();
    }
}
