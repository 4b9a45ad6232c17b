using System.Globalization;
using System.Text;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Tests.Data;

namespace ITwinOrleans.Backend.Tests.IModels;

[Collection(BackendCollection.Name)]
public sealed class IModelHostTests(BackendFixture fixture)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task OpenAsync_the_same_handle_at_once_opens_once()
    {
        string path = TestFiles.Copy("test.bim");
        IModelDb[] opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => fixture.Backend.IModels.OpenAsync("once", "once-key", path)));
        Assert.Single(opened.Distinct());
        Assert.Same(opened[0], fixture.Backend.IModels.FindByKey("once-key"));
        await fixture.Backend.IModels.CloseAsync("once");
        Assert.Null(fixture.Backend.IModels.FindByKey("once-key"));
        Assert.Throws<IModelNotOpenException>(() => fixture.Backend.IModels.Get("once"));
    }

    [Fact]
    public async Task OpenAsync_bounds_what_SQLite_keeps()
    {
        string? limit = await fixture.IModel("test.bim").RunAsync(
            native =>
            {
                using var statement = new SqliteStatement(native, "PRAGMA soft_heap_limit");
                return statement.Step() ? statement.GetString(0) : null;
            },
            CancellationToken.None);
        Assert.Equal(new BackendOptions().SqliteMemory.ToString(CultureInfo.InvariantCulture), limit);
    }

    [Fact]
    public async Task OpenAsync_what_is_no_iModel_gives_an_error_without_the_path()
    {
        string path = TestFiles.Create("no.bim", "this is no database"u8.ToArray());
        NativeException exception = await Assert.ThrowsAnyAsync<NativeException>(() => fixture.Backend.IModels.OpenAsync("no", "the-key", path));
        Assert.NotEqual(0, exception.ErrorNumber);
        Assert.DoesNotContain(Path.GetDirectoryName(path)!, exception.Message, StringComparison.Ordinal);

        // The handle is free again.
        await fixture.Backend.IModels.OpenAsync("no", "the-key", TestFiles.Copy("test.bim"));
        await fixture.Backend.IModels.CloseAsync("no");
    }

    [Fact]
    public async Task OpenAsync_a_missing_file_gives_an_error_without_the_path()
    {
        NativeException exception = await Assert.ThrowsAnyAsync<NativeException>(
            () => fixture.Backend.IModels.OpenAsync("missing", "missing-key", "/there/is/no/such.bim"));
        Assert.DoesNotContain("/there/is", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CloseAsync_with_work_under_way_ends_every_call()
    {
        string path = TestFiles.Copy("rich.bim");
        IModelDb iModel = await fixture.Backend.IModels.OpenAsync("closing", "closing-key", path);
        const string Token = """{"key":"closing-key"}""";
        Task<RpcReply>[] calls =
        [
            .. Enumerable.Range(0, 6).Select(i => fixture.InvokeAsync(
                "rich.bim", "IModelTileRpcInterface", "retrieveTileContent", $$"""[{{Token}},{"treeId":"25_1d-E:0_0x1e","contentId":"-b-{{i}}-0-0-0-1"}]""")),
            .. Enumerable.Range(0, 6).Select(_ => fixture.ReadAsync("rich.bim", "queryElementProps", $$"""[{{Token}},{"from":"bis.Element"}]""")),
        ];
        await fixture.Backend.IModels.CloseAsync("closing").WaitAsync(Patience);
        RpcReply[] replies = await Task.WhenAll(calls).WaitAsync(Patience);
        Assert.False(iModel.IsOpen);
        Assert.All(replies, static reply => Assert.True(reply.Status is RpcStatus.Resolved or RpcStatus.Rejected or RpcStatus.NotFound));
        foreach (RpcReply reply in replies)
            reply.Dispose();
        using RpcReply after = await fixture.ReadAsync("rich.bim", "readFontJson", $"[{Token}]");
        Assert.Equal(RpcStatus.NotFound, after.Status);
    }

    [Fact]
    public async Task InvokeAsync_by_a_handle_that_is_not_open_says_that_nothing_ran()
    {
        var call = new RpcCall
        {
            Interface = "IModelReadRpcInterface", Version = "3.8.0", Operation = "readFontJson", Parameters = "[{}]"u8.ToArray(), Activity = new RpcActivity("1"),
        };
        await Assert.ThrowsAsync<IModelNotOpenException>(() => fixture.Backend.Dispatcher.InvokeAsync(call, "nope", CancellationToken.None));
        using RpcReply reply = await fixture.Backend.Dispatcher.InvokeAsync(call, "rich.bim", CancellationToken.None);
        Assert.Equal("""{"fonts":[]}""", Encoding.UTF8.GetString(reply.Json.Span));
    }
}
