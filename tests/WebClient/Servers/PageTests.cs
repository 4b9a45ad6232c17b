using ITwinOrleans.WebClient.Tests.Browser;

namespace ITwinOrleans.WebClient.Tests.Servers;

/// <summary>Tests of one browser and one pair of servers; they run one after the other, for pictures are drawn by the CPU.</summary>
[CollectionDefinition(Name)]
public sealed class PageTests : ICollectionFixture<ChromiumFixture>, ICollectionFixture<ServersFixture>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Pages";
}
