using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Objects;

namespace ITwinOrleans.Native.IModels;

/// <summary>A native object that lives on a database and no longer: the database disposes it before it closes.</summary>
public abstract class NativeDbObject : NativeObject
{
    private protected NativeDbObject(NativeDb db, string className)
        : base(db.Platform.Construct(className))
    {
        Db = db;
        db.Add(this);
    }

    /// <summary>The database that the object lives on.</summary>
    public NativeDb Db { get; }

    /// <summary>Ends what native code does with the object; it is released after that. On the engine thread.</summary>
    private protected abstract void End();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (Engine.IsOnEngineThread)
            EndNow();
        else
            Engine.Enqueue(EndFromAfar, static _ => { });
    }

    /// <summary>Nobody waits for it: what native code says at the end is of no use.</summary>
    private void EndFromAfar()
    {
        try
        {
            EndNow();
        }
        catch (NativeException)
        {
            // Released all the same.
        }
    }

    private void EndNow()
    {
        if (IsDisposed)
            return;
        try
        {
            End();
        }
        finally
        {
            Db.Remove(this);
            ReleaseHandle();
        }
    }
}
