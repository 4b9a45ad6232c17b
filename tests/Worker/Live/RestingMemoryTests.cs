using System.Globalization;
using System.Text;
using System.Text.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Tests.Data;
using ITwinOrleans.Worker.IModels;
using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.Tests.Support;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace ITwinOrleans.Worker.Tests.Live;

/// <summary>What a worker process does with the memory that its work left free.</summary>
[Collection(SerialCollection.Name)]
public sealed class RestingMemoryTests : IDisposable
{
    private const string Handle = "rich";
    private const long Given = 8 * 1024;

    public void Dispose() => TestFiles.DeleteCopies();

    [Fact]
    public async Task A_worker_that_rests_gives_back_what_tiles_left_free()
    {
        await using var worker = new WorkerProcess("resting", new WorkerOptions(), NullLogger<WorkerProcess>.Instance, TimeProvider.System);
        await CallAsync(worker, IModelWork.Open, JsonSerializer.SerializeToUtf8Bytes(new OpenWork(Handle, "key", TestFiles.Copy("rich.bim"), null), IModelWorkJson.Default.OpenWork));
        for (int i = 0; i < 6; i++)
        {
            for (int j = 0; j < 6; j++)
                await MakeTileAsync(worker, $"-b-3-{i}-{j}-0-1");
        }

        // The peak is past and does not fall: nothing depends on who looks first.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Kilobytes(worker, "VmHWM:") - Kilobytes(worker, "VmRSS:") < Given)
            await Task.Delay(50, patience.Token);
    }

    private static Task MakeTileAsync(WorkerProcess worker, string content)
    {
        var header = new InvokeHeader(Handle, "IModelTileRpcInterface", "3.2.0", "retrieveTileContent", new RpcActivity("11111111-1111-1111-1111-111111111111"));
        byte[] parameters = Encoding.UTF8.GetBytes($$$"""[{"key":"key"},{"treeId":"25_1d-E:0_0x1e","contentId":"{{{content}}}"}]""");
        return CallAsync(worker, IModelWork.Invoke, parameters, JsonSerializer.SerializeToUtf8Bytes(header, IModelWorkJson.Default.InvokeHeader));
    }

    private static async Task CallAsync(WorkerProcess worker, string operation, byte[] json, params ReadOnlyMemory<byte>[] binaries) =>
        (await Wait.ForAsync(worker.CallAsync(new WorkRequest { Operation = operation, Json = json, Binaries = binaries }, CancellationToken.None), operation)).Dispose();

    private static long Kilobytes(WorkerProcess worker, string name) => long.Parse(
        File.ReadLines($"/proc/{worker.ProcessId}/status").First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..^2], CultureInfo.InvariantCulture);
}
