using ITwinOrleans.Native.Tests.Data;
using ITwinOrleans.Native.Tests.Logging;

namespace ITwinOrleans.Native.Tests;

/// <summary>The one engine of the test process, shared by all test classes (a process can start one only).</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    /// <summary>What was logged, and the levels that are.</summary>
    public RecordingLoggers Loggers { get; } = new();

    public NativeEngine Engine { get; private set; } = null!;

    public async Task InitializeAsync() => Engine = await NativeEngine.StartAsync(loggerFactory: Loggers);

    public async Task DisposeAsync()
    {
        TestFiles.DeleteCopies();
        await Engine.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class EngineCollection : ICollectionFixture<EngineFixture>
{
    public const string Name = "engine";
}
