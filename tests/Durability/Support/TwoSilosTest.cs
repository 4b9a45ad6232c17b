using ITwinOrleans.Grains.Durability;

namespace ITwinOrleans.Durability.Tests.Support;

/// <summary>What tests of one iModel at two silos share: the silos, over one database and folder, and the iModel in the catalogue.</summary>
/// <param name="stores">The stores.</param>
public abstract class TwoSilosTest(RealStores stores) : IAsyncLifetime
{
    protected const string Key = "plants/edit.bim";

    private TestSilo? _a, _b;

    protected TestFolder Folder { get; } = new();

    protected string CatalogPath { get; private set; } = "";

    protected TestSilo A => _a!;

    protected TestSilo B => _b!;

    public async Task InitializeAsync()
    {
        var database = await stores.Server.CreateDatabaseAsync();
        (_a, _b) = (TestSilo.Create("a", Folder, database, Configure), TestSilo.Create("b", Folder, database, Configure));
        CatalogPath = Folder.CopyOf("edit.bim", "data/" + Key);
    }

    public async Task DisposeAsync()
    {
        await A.DisposeAsync();
        await B.DisposeAsync();
        Folder.Dispose();
    }

    protected virtual void Configure(DurabilityOptions options)
    {
    }

    protected Task<OwnedIModel> OpenAsync(TestSilo silo) => OwnedIModel.OpenAsync(silo, stores.Engine, Key, CatalogPath);
}
