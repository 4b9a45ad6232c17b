namespace ITwinOrleans.Worker.Tests.Support;

/// <summary>Tests that count what the whole process holds run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SerialCollection
{
    public const string Name = "serial";
}
