using System.Globalization;
using System.Text;
using System.Text.Json;
using ITwinOrleans.Backend;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Tests.Data;
using ITwinOrleans.Worker.IModels;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace ITwinOrleans.Worker.Tests.Live;

/// <summary>What a worker does with the memory that its work left free.</summary>
[Collection(EngineCollection.Name)]
public sealed class RestingMemoryTests(EngineFixture fixture)
{
    private const string Handle = "rich";
    private const long Given = 8 * 1024;

    [Fact]
    public async Task Heartbeat_after_tiles_gives_back_what_they_left_free()
    {
        await using var backend = new ITwinBackend(fixture.Engine, new BackendOptions(), NullLoggerFactory.Instance);
        var handler = new BackendWorkHandler(backend, fixture.Engine);
        await RunAsync(handler, IModelWork.Open, JsonSerializer.SerializeToUtf8Bytes(new OpenWork(Handle, "key", TestFiles.Copy("rich.bim")), IModelWorkJson.Default.OpenWork));
        for (int i = 0; i < 6; i++)
        {
            for (int j = 0; j < 6; j++)
                await MakeTileAsync(handler, $"-b-3-{i}-{j}-0-1");
        }

        long before = Kilobytes();
        await handler.HeartbeatAsync(CancellationToken.None);
        Assert.InRange(before - Kilobytes(), Given, long.MaxValue);
    }

    private static Task MakeTileAsync(BackendWorkHandler handler, string content)
    {
        var header = new InvokeHeader(Handle, "IModelTileRpcInterface", "3.2.0", "retrieveTileContent", new RpcActivity("11111111-1111-1111-1111-111111111111"));
        byte[] parameters = Encoding.UTF8.GetBytes($$$"""[{"key":"key"},{"treeId":"25_1d-E:0_0x1e","contentId":"{{{content}}}"}]""");
        return RunAsync(handler, IModelWork.Invoke, parameters, JsonSerializer.SerializeToUtf8Bytes(header, IModelWorkJson.Default.InvokeHeader));
    }

    private static async Task RunAsync(BackendWorkHandler handler, string operation, byte[] json, params ReadOnlyMemory<byte>[] binaries) =>
        (await handler.RunAsync(new WorkRequest { Operation = operation, Json = json, Binaries = binaries }, CancellationToken.None)).Dispose();

    /// <summary>The memory of this process that belongs to no file.</summary>
    private static long Kilobytes()
    {
        const string Name = "RssAnon:";
        return long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(Name, StringComparison.Ordinal))[Name.Length..^2], CultureInfo.InvariantCulture);
    }
}
