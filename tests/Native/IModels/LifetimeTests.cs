using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Geometry;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Tests.Data;
using ITwinOrleans.Native.Txns;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tests.IModels;

public sealed class LifetimeTests(EngineFixture fixture) : EngineTests(fixture)
{
    [Fact]
    public async Task Close_disposes_statements_readers_and_requests_first() => await Engine.RunAsync(platform =>
    {
        DgnDb db = DgnDb.Open(platform, TestFiles.Copy("edit.bim"), OpenMode.ReadWrite);
        db.Elements.Insert(Json.Subject("x"));
        var ecsql = new ECSqlStatement(db, "select * from bis.Element");
        Assert.True(ecsql.Step());
        ECSqlValue value = ecsql.GetValue(0);
        var sql = new SqliteStatement(db, "select * from bis_Element");
        Assert.True(sql.Step());
        var snap = new SnapRequest(db);
        ChangesetReader reader = ChangesetReader.OpenUnsavedChanges(db);
        Assert.True(reader.Step());
        Assert.Equal(4, db.ObjectCount);
        db.Close();
        foreach (NativeObject closed in new NativeObject[] { ecsql, value, sql, snap, reader, db })
        {
            Assert.True(closed.IsDisposed, closed.GetType().Name);
            closed.Dispose();
        }
    });

    [Fact]
    public async Task Use_after_close_is_refused() => await Engine.RunAsync(platform =>
    {
        DgnDb db = DgnDb.Open(platform, TestFiles.Copy("test.bim"));
        var statement = new ECSqlStatement(db, "select 1");
        db.Close();
        Assert.Throws<NativeUsageException>(() => db.GetProps());
        Assert.Throws<NativeUsageException>(() => statement.Step());
        Assert.Throws<NativeUsageException>(() => new ECSqlStatement(db, "select 1"));
        Assert.Throws<NativeUsageException>(() => { _ = db.Queries.ExecuteAsync("{}").IsFaulted ? throw new NativeUsageException("refused") : 0; });
        Assert.False(db.IsOpen);
    });

    [Fact]
    public async Task Dispose_twice_and_from_another_thread_is_harmless()
    {
        (DgnDb db, ECSqlStatement statement) = await Engine.RunAsync(platform =>
        {
            DgnDb opened = DgnDb.Open(platform, TestFiles.Copy("test.bim"));
            return (opened, new ECSqlStatement(opened, "select 1"));
        });
        Parallel.For(0, 8, _ =>
        {
            db.Dispose();
            statement.Dispose();
        });
        await Engine.RunAsync(_ =>
        {
            Assert.True(db.IsDisposed);
            Assert.True(statement.IsDisposed);
            db.Dispose();
            statement.Dispose();
        });
    }

    [Fact]
    public async Task Disposed_statement_leaves_its_database() => await Engine.RunAsync(platform =>
    {
        using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("test.bim"));
        using (new ECSqlStatement(db, "select 1"))
            Assert.Equal(1, db.ObjectCount);
        Assert.ThrowsAny<NativeException>(() => new ECSqlStatement(db, "no ecsql"));
        Assert.Equal(0, db.ObjectCount);
    });

    [Fact]
    public async Task Use_off_the_engine_thread_is_refused()
    {
        DgnDb db = await Engine.RunAsync(platform => DgnDb.Open(platform, TestFiles.Copy("test.bim")));
        Assert.Throws<NativeUsageException>(() => db.GetProps());
        Assert.Throws<NativeUsageException>(() => new ECSqlStatement(db, "select 1"));
        db.Dispose();
    }

    [Fact]
    public async Task Result_outlives_the_iModel_that_it_came_from()
    {
        NativeResult result = await Engine.RunAsync(async platform =>
        {
            using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("rich.bim"));
            return await db.Queries.ExecuteAsync("""{"kind":1,"query":"select $ from bis.Element","limit":{"offset":0,"count":500}}""");
        });
        using (result)
            Assert.True(Json.Parse(result)["data"]!.AsArray().Count > 0);
    }

    [Fact]
    public async Task Leaked_iModel_is_closed_in_order_by_the_garbage_collector()
    {
        string path = TestFiles.Copy("edit.bim");
        NativeUsage before = await Engine.GetUsageAsync();
        await LeakAsync(path);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        NativeUsage after;
        do
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            after = await Engine.GetUsageAsync();
        }
        while (after.Objects != before.Objects && !limit.IsCancellationRequested);
        Assert.Equal(before.Objects, after.Objects);
        // It can be opened for writing again: the file is closed.
        await Engine.RunAsync(platform => DgnDb.Open(platform, path, OpenMode.ReadWrite).Dispose());
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private Task LeakAsync(string path) => Engine.RunAsync(platform =>
    {
        DgnDb db = DgnDb.Open(platform, path, OpenMode.ReadWrite);
        var statement = new ECSqlStatement(db, "select * from bis.Element");
        statement.Step();
    });
}
