namespace ITwinOrleans.Native.IModels;

/// <summary>Functions of a database about one concern.</summary>
/// <typeparam name="TDb">The kind of database.</typeparam>
public abstract class DbPart<TDb>
    where TDb : NativeDb
{
    private protected DbPart(TDb db) => Db = db;

    /// <summary>The database.</summary>
    public TDb Db { get; }
}
