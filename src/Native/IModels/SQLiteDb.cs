using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.IModels;

/// <summary>An open SQLite database that is no iModel (iTwin.js: <c>SQLiteDb</c>).</summary>
public sealed class SQLiteDb : NativeDb
{
    private SQLiteDb(NativePlatform platform)
        : base(platform, "SQLiteDb")
    {
        FileProperties = new FileProperties(this);
        EmbeddedFiles = new EmbeddedFiles(this);
        WriteAheadLog = new WriteAheadLog(this);
    }

    /// <summary>The file properties (<c>be_Prop</c>): thumbnails, settings and the like.</summary>
    public FileProperties FileProperties { get; }

    /// <summary>The files embedded in the database.</summary>
    public EmbeddedFiles EmbeddedFiles { get; }

    /// <summary>Control of SQLite's write-ahead log.</summary>
    public WriteAheadLog WriteAheadLog { get; }

    /// <summary>Whether the file was opened for reading only.</summary>
    public bool IsReadonly => CallBoolean("isReadonly");

    private protected override string CloseMethod => "closeDb";

    /// <summary>Opens a database.</summary>
    /// <param name="platform">The library.</param>
    /// <param name="path">The file.</param>
    /// <param name="mode">For reading or writing.</param>
    /// <param name="rawSqlite">Whether the file may be any SQLite file, without the library's own tables.</param>
    /// <exception cref="DbException">The file is missing, locked or no database.</exception>
    public static SQLiteDb Open(NativePlatform platform, string path, OpenMode mode = OpenMode.Readonly, bool rawSqlite = false)
    {
        FilePaths.Check(path);
        NativeJson options = $$"""{"openMode":{{(int)mode}},"rawSQLite":{{(rawSqlite ? "true" : "false")}}}""";
        return Make(platform, db => db.Invoke("openDb", path, options));
    }

    /// <summary>Creates a database.</summary>
    public static SQLiteDb Create(NativePlatform platform, string path, NativeJson options = default)
    {
        FilePaths.Check(path);
        return Make(platform, db => db.Invoke("createDb", path, NativeArgument.Undefined, options));
    }

    /// <summary>Commits.</summary>
    public void SaveChanges() => Invoke("saveChanges");

    /// <summary>Rolls back.</summary>
    public void AbandonChanges() => Invoke("abandonChanges");

    /// <summary>Makes the file smaller.</summary>
    public void Vacuum(NativeJson options = default) => Invoke("vacuum", options);

    private static SQLiteDb Make(NativePlatform platform, Action<SQLiteDb> open) => Opened(new SQLiteDb(platform), open);
}
