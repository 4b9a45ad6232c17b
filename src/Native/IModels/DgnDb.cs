using ITwinOrleans.Native.Domain;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Geometry;
using ITwinOrleans.Native.Schemas;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Tiles;
using ITwinOrleans.Native.Txns;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.IModels;

/// <summary>An open iModel (iTwin.js: the <c>nativeDb</c> of an <c>IModelDb</c>), its functions in parts by concern. Used on the engine thread.</summary>
/// <remarks>
/// What goes to clients stays <see cref="NativeResult"/>: native UTF-8 JSON or binary, untouched. The caller disposes it.
/// </remarks>
public sealed class DgnDb : NativeDb, IECSqlDb
{
    private DomainBridge? _bridge;

    private DgnDb(NativePlatform platform)
        : base(platform, "DgnDb")
    {
        FileProperties = new FileProperties(this);
        EmbeddedFiles = new EmbeddedFiles(this);
        WriteAheadLog = new WriteAheadLog(this);
        Queries = new ConcurrentQueries(this);
        Instances = new InstanceStore(this);
        Elements = new Elements(this);
        Models = new Models(this);
        Aspects = new ElementAspects(this);
        Relationships = new Relationships(this);
        Schemas = new IModelSchemas(this);
        Fonts = new Fonts(this);
        Tiles = new TileTrees(this);
        Geometry = new IModelGeometry(this);
        GeoLocation = new GeoLocation(this);
        Txns = new TxnManager(this);
        Changesets = new Changesets(this);
    }

    /// <summary>ECSQL on the library's own threads.</summary>
    public ConcurrentQueries Queries { get; }

    /// <summary>Instances of any class.</summary>
    public InstanceStore Instances { get; }

    /// <summary>The elements.</summary>
    public Elements Elements { get; }

    /// <summary>The models.</summary>
    public Models Models { get; }

    /// <summary>The elements' aspects.</summary>
    public ElementAspects Aspects { get; }

    /// <summary>The link table relationships.</summary>
    public Relationships Relationships { get; }

    /// <summary>The EC schemas.</summary>
    public IModelSchemas Schemas { get; }

    /// <summary>The fonts.</summary>
    public Fonts Fonts { get; }

    /// <summary>Tile trees and tiles.</summary>
    public TileTrees Tiles { get; }

    /// <summary>Graphics, meshes and measures of elements.</summary>
    public IModelGeometry Geometry { get; }

    /// <summary>Coordinates of the earth and of the iModel.</summary>
    public GeoLocation GeoLocation { get; }

    /// <summary>Transactions: save, undo, redo.</summary>
    public TxnManager Txns { get; }

    /// <summary>Changesets: made and applied.</summary>
    public Changesets Changesets { get; }

    /// <summary>The file properties (<c>be_Prop</c>): thumbnails, settings and the like.</summary>
    public FileProperties FileProperties { get; }

    /// <summary>The files embedded in the database.</summary>
    public EmbeddedFiles EmbeddedFiles { get; }

    /// <summary>Control of SQLite's write-ahead log.</summary>
    public WriteAheadLog WriteAheadLog { get; }

    /// <summary>Whether the file was opened for reading only.</summary>
    public bool IsReadonly => CallBoolean("isReadonly");

    /// <summary>The iModel's id.</summary>
    public string IModelId => CallText("getIModelId");

    /// <summary>The id of the iTwin that the iModel belongs to.</summary>
    public string ITwinId => CallText("getITwinId");

    /// <summary>The briefcase's id; 0 of a snapshot or a standalone file.</summary>
    public int BriefcaseId => (int)CallNumber("getBriefcaseId");

    private protected override string CloseMethod => "closeFile";

    /// <summary>Opens an iModel.</summary>
    /// <exception cref="DbException">The file is missing, locked, damaged, no iModel, or of a version that this library cannot read.</exception>
    public static DgnDb Open(NativePlatform platform, string path, OpenMode mode = OpenMode.Readonly, DgnDbOpenOptions? options = null)
    {
        FilePaths.Check(path);
        options ??= new DgnDbOpenOptions();
        try
        {
            return Make(platform, Open);
        }
        catch (DbException error)
        {
            throw ProfileVersions.Explain(error, platform, path);
        }

        void Open(DgnDb db)
        {
            db.Invoke(
                "openIModel", path, (int)mode, options.UpgradeJson(), options.SnapshotJson(), NativeArgument.Undefined, options.SqliteJson());
            if (mode != OpenMode.Readonly)
                db.UseHandlers(options.Handlers);
        }
    }

    /// <summary>Creates an iModel with the base schemas.</summary>
    /// <param name="platform">The library.</param>
    /// <param name="path">The new file; there must be none.</param>
    /// <param name="props">CreateEmptyStandaloneIModelProps: <c>rootSubject.name</c> at least.</param>
    public static DgnDb Create(NativePlatform platform, string path, NativeJson props)
    {
        FilePaths.Check(path);
        return Make(platform, db =>
        {
            db.Invoke("createIModel", path, props);
            db.UseHandlers(new DomainHandlers());
        });
    }

    /// <summary>From now on these handlers are called when something changes, and no others.</summary>
    public void UseHandlers(DomainHandlers handlers)
    {
        _bridge?.Dispose();
        _bridge = null;
        _bridge = new DomainBridge(this, handlers);
    }

    /// <summary>IModelProps: root subject, extents, origin, geographic location, ids.</summary>
    public NativeResult GetProps() => Call("getIModelProps");

    /// <summary>Changes the iModel's props.</summary>
    public void UpdateProps(NativeJson props) => Invoke("updateIModelProps", props);

    /// <summary>Changes the iModel's id. Only for a file that has no changesets.</summary>
    public void SetIModelId(string guid) => NativeStatus.CheckDbResult(CallStatus("setIModelId", guid), "Setting the iModel id");

    /// <summary>Changes the id of the iTwin that the iModel belongs to.</summary>
    public void SetITwinId(string guid) => NativeStatus.CheckDbResult(CallStatus("setITwinId", guid), "Setting the iTwin id");

    /// <summary>Makes the file a briefcase with this id, or a snapshot (0).</summary>
    public void ResetBriefcaseId(int id) => Invoke("resetBriefcaseId", id);

    /// <summary>A value kept in the file but not in its changesets.</summary>
    public string? QueryLocalValue(string name)
    {
        using NativeResult value = Call("queryLocalValue", name);
        return value.HasValue ? value.GetText() : null;
    }

    /// <summary>Keeps a value in the file but not in its changesets.</summary>
    public void SaveLocalValue(string name, string value) => Invoke("saveLocalValue", name, value);

    /// <summary>Removes a local value.</summary>
    public void DeleteLocalValue(string name) => Invoke("deleteLocalValue", name);

    /// <summary>Runs SQL that gives no rows.</summary>
    public void ExecuteSql(string sql) => NativeStatus.CheckDbResult(CallStatus("executeSql", sql), "Executing SQL", () => LastError);

    /// <summary>How long a statement waits for a lock that another connection holds.</summary>
    public void SetBusyTimeout(TimeSpan timeout) => Invoke("setBusyTimeout", timeout.TotalMilliseconds);

    /// <summary>Forgets what is cached of the schemas and prepared statements.</summary>
    public void ClearCaches() => Invoke("clearECDbCache");

    /// <summary>Makes another database's tables visible under an alias.</summary>
    public void Attach(string path, string alias) => Invoke("attachDb", path, alias);

    /// <summary>Takes an attached database away.</summary>
    public void Detach(string alias) => Invoke("detachDb", alias);

    /// <summary>A new GUID.</summary>
    public string NewGuid() => CallText("newBeGuid");

    private protected override Task WhenIdleAsync() => Tiles.WhenIdleAsync();

    private protected override void BeforeClose()
    {
        _bridge?.Dispose();
        _bridge = null;
    }

    private protected override void AfterLeak() => _bridge?.Release();

    private static DgnDb Make(NativePlatform platform, Action<DgnDb> open) => Opened(new DgnDb(platform), open);
}
