using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.IModels;

/// <summary>An open database with EC schemas that is no iModel (iTwin.js: <c>ECDb</c>).</summary>
public sealed class ECDb : NativeDb, IECSqlDb
{
    private ECDb(NativePlatform platform)
        : base(platform, "ECDb")
    {
        Queries = new ConcurrentQueries(this);
        Instances = new InstanceStore(this);
    }

    /// <inheritdoc/>
    public ConcurrentQueries Queries { get; }

    /// <summary>Instances of any class.</summary>
    public InstanceStore Instances { get; }

    private protected override string CloseMethod => "closeDb";

    /// <summary>Opens a database.</summary>
    /// <exception cref="DbException">The file is missing, locked or no ECDb.</exception>
    public static ECDb Open(NativePlatform platform, string path, OpenMode mode = OpenMode.Readonly, bool upgradeProfiles = false)
    {
        FilePaths.Check(path);
        return Opened(
            new ECDb(platform),
            db => NativeStatus.CheckDbResult(db.CallStatus("openDb", path, (int)mode, upgradeProfiles), $"Opening {path}"));
    }

    /// <summary>Creates a database.</summary>
    public static ECDb Create(NativePlatform platform, string path)
    {
        FilePaths.Check(path);
        return Opened(new ECDb(platform), db => NativeStatus.CheckDbResult(db.CallStatus("createDb", path), $"Creating {path}"));
    }

    /// <summary>Commits.</summary>
    public void SaveChanges() => NativeStatus.CheckDbResult(CallStatus("saveChanges"), "Saving changes", () => LastError);

    /// <summary>Rolls back.</summary>
    public void AbandonChanges() => NativeStatus.CheckDbResult(CallStatus("abandonChanges"), "Abandoning changes");

    /// <summary>Imports a schema from an XML file.</summary>
    public void ImportSchema(string path) => NativeStatus.CheckDbResult(CallStatus("importSchema", path), "Importing a schema", () => LastError);

    /// <summary>A schema as JSON (SchemaProps).</summary>
    public NativeResult GetSchemaProps(string name) => Call("getSchemaProps", name);

    /// <summary>Removes schemas that no instance uses.</summary>
    public void DropSchemas(IReadOnlyList<string> names) => Invoke("dropSchemas", JsonText.Array(names));
}
