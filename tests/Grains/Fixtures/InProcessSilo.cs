using ITwinOrleans.Worker.Supervision;

namespace ITwinOrleans.Grains.Tests.Fixtures;

/// <summary>A silo whose engine is in its own process. There can be one in the life of a test run.</summary>
public sealed class InProcessSilo : RealSilo
{
    protected override WorkerMode Mode => WorkerMode.InProcess;
}
