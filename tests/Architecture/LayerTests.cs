using Xunit;

namespace ITwinOrleans.Architecture.Tests;

/// <summary>Dependencies point one way: Api, Grains, Backend, Native; the Worker hosts the Backend. Rules on the built code.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Rules_see_what_they_are_to_forbid() => Assert.NotEmpty(Layers.Uses(Layers.Namespace("ITwinOrleans.Grains.Distribution"), Layers.Namespace("Orleans")));

    [Theory]
    [InlineData("Orleans")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("ITwinOrleans.Backend")]
    [InlineData("ITwinOrleans.Worker")]
    [InlineData("ITwinOrleans.Grains")]
    public void Native_knows_nothing_of(string other) => Assert.Empty(Layers.Uses(Layers.In(Layers.Native), Layers.Namespace(other)));

    [Theory]
    [InlineData("Orleans")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("ITwinOrleans.Worker")]
    [InlineData("ITwinOrleans.Grains")]
    public void Backend_knows_nothing_of(string other) => Assert.Empty(Layers.Uses(Layers.In(Layers.Backend), Layers.Namespace(other)));

    [Theory]
    [InlineData("Orleans")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("ITwinOrleans.Grains")]
    public void Worker_knows_nothing_of(string other) => Assert.Empty(Layers.Uses(Layers.In(Layers.Worker), Layers.Namespace(other)));

    [Theory]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("ITwinOrleans.Api")]
    [InlineData("ITwinOrleans.Native")]
    public void Grains_know_nothing_of(string other) => Assert.Empty(Layers.Uses(Layers.In(Layers.Grains), Layers.Namespace(other)));

    [Theory]
    [InlineData("Catalog")]
    [InlineData("Owners")]
    [InlineData("Live")]
    [InlineData("Workers")]
    [InlineData("Routing")]
    [InlineData("Listing")]
    [InlineData("Durability")]
    [InlineData("Balance")]
    public void Plain_classes_of_Grains_know_nothing_of_Orleans(string folder) =>
        Assert.Empty(Layers.Uses(Layers.Namespace("ITwinOrleans.Grains." + folder), Layers.Namespace("Orleans")));

    [Theory]
    [InlineData("Catalog")]
    [InlineData("Owners")]
    [InlineData("Live")]
    [InlineData("Workers")]
    [InlineData("Routing")]
    [InlineData("Listing")]
    [InlineData("Durability")]
    [InlineData("Balance")]
    public void Plain_classes_of_Grains_know_nothing_of_their_grains(string folder) =>
        Assert.Empty(Layers.Uses(Layers.Namespace("ITwinOrleans.Grains." + folder), Layers.Namespace("ITwinOrleans.Grains.Distribution")));
}
