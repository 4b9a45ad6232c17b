using System.Text.Json.Nodes;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Tests.Data;

namespace ITwinOrleans.Native.Tests.Statements;

public sealed class ECSqlStatementTests(EngineFixture fixture) : EngineTests(fixture)
{
    private Task<T> ReadAsync<T>(Func<DgnDb, T> read) => Engine.RunAsync(platform =>
    {
        using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("rich.bim"));
        return read(db);
    });

    private static List<string> Ids(ECSqlStatement statement)
    {
        var ids = new List<string>();
        while (statement.Step())
        {
            using ECSqlValue value = statement.GetValue(0);
            ids.Add(value.GetId()!);
        }

        return ids;
    }

    [Fact]
    public async Task Step_goes_through_the_rows_and_stops()
    {
        (List<string> ids, bool hasRow) = await ReadAsync(db =>
        {
            using var statement = new ECSqlStatement(db, "select ECInstanceId from bis.Element where ECInstanceId in (1, 0x10) order by ECInstanceId");
            return (Ids(statement), statement.HasRow);
        });
        Assert.Equal(["0x1", "0x10"], ids);
        Assert.False(hasRow);
    }

    [Fact]
    public async Task Bindings_of_every_kind_find_what_they_name()
    {
        IReadOnlyList<int> found = await ReadAsync(db =>
        {
            var counts = new List<int>();
            Count("ECInstanceId=?", binder => binder.BindId("0x1"));
            Count("ECInstanceId=?", binder => binder.BindInteger(1));
            Count("InVirtualSet(?, ECInstanceId)", binder => binder.BindIdSet(["0x1", "0x10"]));
            Count("'a'=?", binder => binder.BindString("a"));
            Count("1.5=?", binder => binder.BindDouble(1.5));
            Count("true=?", binder => binder.BindBoolean(true));
            Count("coalesce(?, 1)=1", binder => binder.BindNull());
            Count("FederationGuid is null or FederationGuid<>?", binder => binder.BindGuid("11111111-2222-3333-4444-555555555555"));
            Count("LastMod>?", binder => binder.BindDateTime("2000-01-01T00:00:00Z"));
            Count("Model.Id=?", binder => binder.BindId("0x1"));
            return counts;

            void Count(string where, Action<ECSqlBinder> bind)
            {
                using var statement = new ECSqlStatement(db, $"select count(*) from bis.Element where {where}");
                bind(statement.Binder(1));
                statement.Step();
                counts.Add(statement.GetValue(0).GetInt());
            }
        });
        Assert.Equal([1, 1, 2], found.Take(3));
        Assert.All(found.Skip(3), count => Assert.True(count > 0));
    }

    [Fact]
    public async Task Bind_by_name_holds_over_reset_until_cleared()
    {
        (int first, int again, int cleared) = await ReadAsync(db =>
        {
            using var statement = new ECSqlStatement(db, "select ECInstanceId from bis.Element where ECInstanceId=:id");
            statement.Binder("id").BindId("0x1");
            int before = Ids(statement).Count;
            statement.Reset();
            int after = Ids(statement).Count;
            statement.Reset();
            statement.ClearBindings();
            return (before, after, Ids(statement).Count);
        });
        Assert.Equal((1, 1, 0), (first, again, cleared));
    }

    [Fact]
    public async Task ToRow_gives_the_row_and_GetMetadata_the_columns()
    {
        (JsonNode row, JsonNode meta, int columns) = await ReadAsync(db =>
        {
            using var statement = new ECSqlStatement(db, "select ECInstanceId, ECClassId from bis.Element where ECInstanceId=1");
            statement.Step();
            return (Json.Parse(statement.ToRow("""{"classIdsToClassNames":true}""")), Json.Parse(statement.GetMetadata()), statement.ColumnCount);
        });
        Assert.Equal("""["0x1","BisCore.Subject"]""", row["data"]!.ToJsonString());
        Assert.Equal(2, meta["meta"]!.AsArray().Count);
        Assert.Equal(2, columns);
    }

    [Fact]
    public async Task GetValue_reads_structs_arrays_and_column_infos()
    {
        (double x, string name, List<double> members) = await ReadAsync(db =>
        {
            using var statement = new ECSqlStatement(db, "select Origin, BBoxLow from bis.GeometricElement3d where Origin is not null limit 1");
            Assert.True(statement.Step());
            using ECSqlValue value = statement.GetValue(0);
            using ECSqlColumnInfo info = value.GetColumnInfo();
            return (Json.Parse(value.GetPoint3d())["x"]!.GetValue<double>(), info.PropertyName, new List<double>());
        });
        Assert.True(double.IsFinite(x));
        Assert.Equal("Origin", name);
        Assert.Empty(members);
    }

    [Fact]
    public async Task Prepare_that_fails_throws_the_cause()
    {
        DbException error = await Assert.ThrowsAsync<DbException>(() => ReadAsync(db => new ECSqlStatement(db, "select Nothing from bis.Element")));
        Assert.Contains("Nothing", error.Message);
        Assert.Equal(DbResult.BE_SQLITE_ERROR, error.PrimaryResult);
    }

    [Theory]
    [InlineData("before the first step")]
    [InlineData("after the last row")]
    [InlineData("after reset")]
    public async Task GetValue_without_a_row_is_refused(string when) => await ReadAsync(db =>
    {
        using var statement = new ECSqlStatement(db, "select ECInstanceId from bis.Element where ECInstanceId=1");
        if (when != "before the first step")
            Assert.True(statement.Step());
        if (when == "after the last row")
            Assert.False(statement.Step());
        if (when == "after reset")
            statement.Reset();
        Assert.Throws<NativeUsageException>(() => statement.GetValue(0));
        Assert.Throws<NativeUsageException>(() => statement.ToRow("{}"));
        return 0;
    });

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public async Task GetValue_of_a_column_that_is_none_is_refused(int column) => await ReadAsync(db =>
    {
        using var statement = new ECSqlStatement(db, "select ECInstanceId from bis.Element");
        statement.Step();
        Assert.Throws<NativeUsageException>(() => statement.GetValue(column));
        return 0;
    });

    [Fact]
    public async Task Value_of_a_row_is_void_when_the_statement_moves_on() => await ReadAsync(db =>
    {
        using var statement = new ECSqlStatement(db, "select ECInstanceId from bis.Element");
        statement.Step();
        ECSqlValue value = statement.GetValue(0);
        statement.Step();
        Assert.Throws<NativeUsageException>(() => value.GetId());
        return 0;
    });

    [Fact]
    public async Task Binder_is_void_with_its_statement() => await ReadAsync(db =>
    {
        ECSqlBinder binder;
        using (var statement = new ECSqlStatement(db, "select ECInstanceId from bis.Element where ECInstanceId=?"))
            binder = statement.Binder(1);
        Assert.Throws<NativeUsageException>(() => binder.BindInteger(1));
        return 0;
    });
}
