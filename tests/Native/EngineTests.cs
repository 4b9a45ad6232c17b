namespace ITwinOrleans.Native.Tests;

/// <summary>The base of tests that use the engine: what a test leaves behind in native memory fails it.</summary>
[Collection(EngineCollection.Name)]
public abstract class EngineTests(EngineFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);
    private NativeUsage _baseline;

    protected NativeEngine Engine => fixture.Engine;

    protected EngineFixture Fixture => fixture;

    public virtual async Task InitializeAsync() => _baseline = await Engine.GetUsageAsync();

    public virtual async Task DisposeAsync()
    {
        // What other threads of the library still hold comes back by itself; each look runs behind what was queued before it.
        using var limit = new CancellationTokenSource(s_limit);
        NativeUsage usage = await Engine.GetUsageAsync();
        while (Leaks(usage) && !limit.IsCancellationRequested)
        {
            await Task.Yield();
            usage = await Engine.GetUsageAsync();
        }

        Assert.True(!Leaks(usage), $"Native memory leaked: {_baseline} before the test, {usage} after it");
    }

    private bool Leaks(NativeUsage usage) =>
        usage.Objects != _baseline.Objects || usage.Results != _baseline.Results || usage.Callbacks != _baseline.Callbacks;
}
