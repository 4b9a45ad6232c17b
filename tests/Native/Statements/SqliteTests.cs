using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Tests.Data;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tests.Statements;

public sealed class SqliteTests(EngineFixture fixture) : EngineTests(fixture)
{
    private Task<T> WithDbAsync<T>(Func<SQLiteDb, T> use) => Engine.RunAsync(platform =>
    {
        string path = Path.Combine(Path.GetDirectoryName(TestFiles.Create("folder", []))!, "some.db");
        using SQLiteDb db = SQLiteDb.Create(platform, path);
        using (var create = new SqliteStatement(db, "create table t(id integer primary key, name text, bytes blob, number real)"))
            create.Step();
        return use(db);
    });

    [Fact]
    public async Task Values_of_every_kind_come_back() => await WithDbAsync(db =>
    {
        using (var insert = new SqliteStatement(db, "insert into t values(?,:name,?,?)"))
        {
            insert.BindInteger(1, 1L << 40);
            insert.BindString(":name", "näme");
            insert.BindBlob(3, new byte[] { 1, 2, 0 });
            insert.BindDouble(4, 0.25);
            Assert.False(insert.Step());
        }

        using var select = new SqliteStatement(db, "select id, name, bytes, number, null from t");
        Assert.True(select.IsReadonly);
        Assert.True(select.Step());
        using NativeResult bytes = select.GetBlob(2), none = select.GetBlob(4);
        Assert.Equal((1L << 40, "näme", 0.25, "name"), (select.GetInteger(0), select.GetString(1), select.GetDouble(3), select.GetColumnName(1)));
        Assert.Equal([1, 2, 0], bytes.Utf8.ToArray());
        Assert.True(none.Utf8.IsEmpty && select.IsNull(4) && select.GetString(4) is null);
        return 0;
    });

    [Fact]
    public async Task Step_that_breaks_a_constraint_throws_the_result_and_its_cause() => await WithDbAsync(db =>
    {
        using var insert = new SqliteStatement(db, "insert into t(id) values(7)");
        insert.Step();
        insert.Reset();
        DbException error = Assert.Throws<DbException>(() => insert.Step());
        Assert.Equal(DbResult.BE_SQLITE_CONSTRAINT_BASE, error.PrimaryResult);
        Assert.Contains("t.id", error.Message);
        return 0;
    });

    [Fact]
    public async Task Read_without_a_row_or_of_no_column_is_refused() => await WithDbAsync(db =>
    {
        using var select = new SqliteStatement(db, "select 1");
        Assert.Throws<NativeUsageException>(() => select.GetInteger(0));
        select.Step();
        Assert.Throws<NativeUsageException>(() => select.GetInteger(1));
        Assert.Throws<NativeUsageException>(() => select.GetBlob(-1));
        select.Step();
        Assert.Throws<NativeUsageException>(() => select.GetString(0));
        return 0;
    });

    [Fact]
    public async Task Prepare_that_fails_throws_the_cause()
    {
        DbException error = await Assert.ThrowsAsync<DbException>(() => WithDbAsync(db => new SqliteStatement(db, "select nothing from t")));
        Assert.Contains("nothing", error.Message);
    }

    [Fact]
    public async Task BlobIO_reads_and_writes_within_its_bounds() => await WithDbAsync(db =>
    {
        using (var insert = new SqliteStatement(db, "insert into t(id,bytes) values(1,zeroblob(10))"))
            insert.Step();
        using var blob = new BlobIO(db, "t", "bytes", 1, writeable: true);
        blob.Write(3, new byte[] { 7, 8 });
        using NativeResult read = blob.Read(2, 4);
        Assert.Equal([0, 7, 8, 0], read.Utf8.ToArray());
        Assert.Equal(10, blob.Length);
        foreach ((int offset, int count) in new[] { (8, 3), (-1, 2), (0, -1), (int.MaxValue, 1), (0, int.MaxValue) })
            Assert.Throws<NativeUsageException>(() => blob.Read(offset, count));
        Assert.Throws<NativeUsageException>(() => blob.Write(9, new byte[2]));
        Assert.ThrowsAny<NativeException>(() => new BlobIO(db, "t", "bytes", 99));
        return 0;
    });

    [Fact]
    public async Task SaveChanges_keeps_and_AbandonChanges_drops() => await WithDbAsync(db =>
    {
        Run("insert into t(id) values(1)");
        db.SaveChanges();
        Run("insert into t(id) values(2)");
        db.AbandonChanges();
        using var count = new SqliteStatement(db, "select count(*) from t");
        count.Step();
        Assert.Equal(1, count.GetInteger(0));
        return 0;

        void Run(string sql)
        {
            using var statement = new SqliteStatement(db, sql);
            statement.Step();
        }
    });

    [Fact]
    public async Task ECDb_takes_a_schema_and_its_instances()
    {
        string schema = TestFiles.Create("Test.01.00.00.ecschema.xml", """
            <?xml version="1.0" encoding="UTF-8"?>
            <ECSchema schemaName="Test" alias="t" version="01.00.00" xmlns="http://www.bentley.com/schemas/Bentley.ECXML.3.2">
              <ECEntityClass typeName="Thing"><ECProperty propertyName="Name" typeName="string"/></ECEntityClass>
            </ECSchema>
            """u8.ToArray());
        (string id, string? name, JsonNames names) = await Engine.RunAsync(platform =>
        {
            using ECDb db = ECDb.Create(platform, Path.Combine(Path.GetDirectoryName(schema)!, "some.ecdb"));
            db.ImportSchema(schema);
            db.SaveChanges();
            string made;
            using (var insert = new ECSqlStatement(db, "insert into t.Thing(Name) values(?)"))
            {
                insert.Binder(1).BindString("one");
                made = insert.StepForInsert();
            }

            using var select = new ECSqlStatement(db, "select Name from t.Thing");
            select.Step();
            return (made, select.GetValue(0).GetString(), new JsonNames((string?)Json.Parse(db.GetSchemaProps("Test"))["name"]));
        });
        Assert.StartsWith("0x", id);
        Assert.Equal("one", name);
        Assert.Equal("Test", names.Schema);
    }

    private sealed record JsonNames(string? Schema);
}
