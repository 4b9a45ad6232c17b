namespace ITwinOrleans.Worker.Tests.Live;

/// <summary>Tests that use this process's engine, of which there is one, run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EngineCollection : ICollectionFixture<EngineFixture>
{
    public const string Name = "engine";
}
