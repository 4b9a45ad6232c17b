using System.Diagnostics;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Tests.Data;

namespace ITwinOrleans.Native.Tests.BadInput;

/// <summary>Files that cannot be opened: a typed error that names the cause, and the next call works.</summary>
public sealed class BadFileTests(EngineFixture fixture) : EngineTests(fixture)
{
    private async Task<NativeException> OpenFailsAsync(string path, OpenMode mode = OpenMode.Readonly)
    {
        NativeException error = await Engine.RunAsync(platform => Assert.ThrowsAny<NativeException>(
            () => DgnDb.Open(platform, path, mode, new DgnDbOpenOptions { BusyTimeout = TimeSpan.Zero }).Dispose()));
        Assert.NotEmpty(error.Message);
        string next = await Engine.RunAsync(platform =>
        {
            using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("test.bim"));
            return (string)Json.Parse(db.Elements.Get("""{"id":"0x1"}"""))["classFullName"]!;
        });
        Assert.Equal("BisCore:Subject", next);
        return error;
    }

    private async Task<DbException> OpenFailsInDatabaseAsync(string path, OpenMode mode = OpenMode.Readonly)
    {
        DbException error = Assert.IsType<DbException>(await OpenFailsAsync(path, mode));
        Assert.Contains(Path.GetFileName(path), error.Message);
        return error;
    }

    public static TheoryData<string, byte[]> NoDatabases => new()
    {
        { "text.bim", "This is no iModel but a text that is longer than the header of a database."u8.ToArray() },
        { "random.bim", RandomBytes(100_000) },
        { "header.bim", [.. "SQLite format 3\0"u8, .. RandomBytes(100_000)] },
    };

    [Theory]
    [MemberData(nameof(NoDatabases))]
    public async Task File_that_is_no_database_is_refused(string name, byte[] content)
    {
        DbException error = await OpenFailsInDatabaseAsync(TestFiles.Create(name, content));
        Assert.NotEqual(DbResult.BE_SQLITE_OK, error.Result);
    }

    [Theory]
    [InlineData(OpenMode.Readonly)]
    [InlineData(OpenMode.ReadWrite)]
    public async Task Invalid_file_of_the_test_data_is_refused(OpenMode mode) =>
        Assert.Equal(DbResult.BE_SQLITE_NOTADB, (await OpenFailsInDatabaseAsync(TestFiles.Copy("InvalidFile.bim"), mode)).PrimaryResult);

    [Fact]
    public async Task Encrypted_looking_file_is_refused_as_no_database()
    {
        // Encryption leaves no readable header: every byte of a real iModel is changed.
        byte[] bytes = File.ReadAllBytes(TestFiles.Copy("test.bim"));
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] ^= (byte)(i * 31 + 97);
        Assert.Equal(DbResult.BE_SQLITE_NOTADB, (await OpenFailsInDatabaseAsync(TestFiles.Create("encrypted.bim", bytes))).PrimaryResult);
    }

    [Theory]
    [InlineData(OpenMode.Readonly)]
    [InlineData(OpenMode.ReadWrite)]
    public async Task Missing_file_is_refused(OpenMode mode)
    {
        string path = Path.Combine(Path.GetDirectoryName(TestFiles.Create("some", []))!, "missing.bim");
        DbException error = await OpenFailsInDatabaseAsync(path, mode);
        Assert.Equal(DbResult.BE_SQLITE_ERROR_FileNotFound, error.Result);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Empty_file_is_refused() => await OpenFailsInDatabaseAsync(TestFiles.Create("empty.bim", []));

    [Fact]
    public async Task Directory_is_refused()
    {
        string path = Path.Combine(Path.GetDirectoryName(TestFiles.Create("some", []))!, "folder.bim");
        Directory.CreateDirectory(path);
        await OpenFailsInDatabaseAsync(path);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    public async Task Truncated_file_is_refused_or_read_up_to_its_damage(double part)
    {
        byte[] bytes = File.ReadAllBytes(TestFiles.Copy("test.bim"));
        string path = TestFiles.Create("truncated.bim", bytes[..(int)(bytes.Length * part)]);
        Assert.IsType<DbException>(await OpenFailsAsync(path));
    }

    [Fact]
    public async Task Corrupt_pages_give_an_error_and_not_a_crash()
    {
        byte[] bytes = File.ReadAllBytes(TestFiles.Copy("test.bim"));
        new Random(4711).NextBytes(bytes.AsSpan(bytes.Length / 4, bytes.Length / 2));
        string path = TestFiles.Create("corrupt.bim", bytes);
        NativeException error = await Engine.RunAsync(platform => Assert.ThrowsAny<NativeException>(() =>
        {
            using DgnDb db = DgnDb.Open(platform, path);
            using var all = new SqliteStatement(db, "select count(*), sum(length(UserLabel)), sum(length(JsonProperties)) from bis_Element");
            all.Step();
            using var check = new SqliteStatement(db, "select * from be_Prop order by Data");
            while (check.Step())
            {
            }
        }));
        Assert.Equal(DbResult.BE_SQLITE_CORRUPT, Assert.IsType<DbException>(error).PrimaryResult);
        await OpenFailsAsync(TestFiles.Create("empty.bim", []));
    }

    [Theory]
    [InlineData("be_Db")]
    [InlineData("ec_Db")]
    [InlineData("dgn_Db")]
    public async Task Too_new_file_is_refused_and_its_profile_named(string profile)
    {
        string path = TestFiles.Copy("test.bim");
        await ChangeAsync(path, $$"""update be_Prop set StrData='{"major":99,"minor":0,"sub1":0,"sub2":0}' where Name='SchemaVersion' and Namespace='{{profile}}'""");
        DbException error = await OpenFailsInDatabaseAsync(path);
        Assert.Equal(DbResult.BE_SQLITE_ERROR_InvalidProfileVersion, error.Result);
        Assert.Contains($"too new, its {profile} profile is 99.0.0.0", error.Message);
    }

    [Fact]
    public async Task New_iModel_has_the_newest_versions_that_errors_name()
    {
        string path = Path.Combine(Path.GetDirectoryName(TestFiles.Create("some", []))!, "new.bim");
        Dictionary<string, Version> versions = await Engine.RunAsync(platform =>
        {
            DgnDb.Create(platform, path, """{"rootSubject":{"name":"x"}}""").Dispose();
            return ProfileVersions.Read(platform, path);
        });
        Assert.Equal(ProfileVersions.Newest.OrderBy(layer => layer.Key), versions.OrderBy(layer => layer.Key));
    }

    [Fact]
    public async Task Database_that_is_no_iModel_is_refused()
    {
        string path = Path.Combine(Path.GetDirectoryName(TestFiles.Create("some", []))!, "plain.bim");
        await Engine.RunAsync(platform =>
        {
            using SQLiteDb db = SQLiteDb.Create(platform, path);
            db.SaveChanges();
        });
        await OpenFailsInDatabaseAsync(path);
    }

    [Fact]
    public async Task File_that_another_connection_holds_is_refused_as_busy()
    {
        string path = TestFiles.Copy("edit.bim");
        await Engine.RunAsync(platform =>
        {
            using DgnDb holder = DgnDb.Open(platform, path, OpenMode.ReadWrite);
            holder.Elements.Insert(Json.Subject("x"));
            NativeException error = Assert.ThrowsAny<NativeException>(
                () => DgnDb.Open(platform, path, OpenMode.ReadWrite, new DgnDbOpenOptions { BusyTimeout = TimeSpan.FromMilliseconds(50) }).Dispose());
            Assert.Equal(DbResult.BE_SQLITE_BUSY, Assert.IsType<DbException>(error).PrimaryResult);
        });
    }

    [Fact]
    public async Task File_that_another_process_holds_is_refused_as_busy()
    {
        string path = TestFiles.Copy("edit.bim");
        using Process holder = LockFile(path);
        try
        {
            Assert.Equal("held", await holder.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)));
            DbException error = Assert.IsType<DbException>(await OpenFailsAsync(path, OpenMode.ReadWrite));
            Assert.Equal(DbResult.BE_SQLITE_BUSY, error.PrimaryResult);
        }
        finally
        {
            holder.Kill();
            await holder.WaitForExitAsync();
        }

        await Engine.RunAsync(platform => DgnDb.Open(platform, path, OpenMode.ReadWrite).Dispose());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b.bim")]
    [InlineData("some.bim?mode=rwc")]
    public async Task Path_that_native_code_would_misread_is_refused(string path) =>
        Assert.IsType<NativeUsageException>(await OpenFailsAsync(path));

    [Fact]
    public async Task Create_over_a_file_that_exists_is_refused()
    {
        string path = TestFiles.Copy("test.bim");
        await Engine.RunAsync(platform => Assert.ThrowsAny<NativeException>(
            () => DgnDb.Create(platform, path, """{"rootSubject":{"name":"x"}}""").Dispose()));
        await Engine.RunAsync(platform => DgnDb.Open(platform, path).Dispose());
    }

    /// <summary>Another process that holds SQLite's locks on the file (POSIX locks on its lock bytes), until it is killed.</summary>
    private static Process LockFile(string path)
    {
        const string Script = """
            import fcntl, sys, time
            file = open(sys.argv[1], 'r+b')
            fcntl.lockf(file, fcntl.LOCK_EX, 512, 0x40000000)
            print('held', flush=True)
            sys.stdin.read()
            """;
        return Process.Start(new ProcessStartInfo("python3", ["-c", Script, path])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
    }

    private Task ChangeAsync(string path, string sql) => Engine.RunAsync(platform =>
    {
        using SQLiteDb db = SQLiteDb.Open(platform, path, OpenMode.ReadWrite, rawSqlite: true);
        using (var statement = new SqliteStatement(db, sql))
            statement.Step();
        db.SaveChanges();
    });

    private static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(42).NextBytes(bytes);
        return bytes;
    }
}
