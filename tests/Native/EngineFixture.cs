using ITwinOrleans.Native.Tests.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace ITwinOrleans.Native.Tests;

/// <summary>The one engine of the test process, shared by all test classes (a process can start one only).</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    public NativeEngine Engine { get; private set; } = null!;

    public async Task InitializeAsync() => Engine = await NativeEngine.StartAsync(loggerFactory: NullLoggerFactory.Instance);

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
