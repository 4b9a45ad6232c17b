using ITwinOrleans.Native;
using ITwinOrleans.Native.Tests.Data;

namespace ITwinOrleans.Worker.Tests.Live;

/// <summary>The one engine of the test process, to look into files that workers wrote.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    public NativeEngine Engine { get; private set; } = null!;

    public async Task InitializeAsync() => Engine = await NativeEngine.StartAsync();

    public async Task DisposeAsync()
    {
        await Engine.DisposeAsync();
        TestFiles.DeleteCopies();
    }
}
