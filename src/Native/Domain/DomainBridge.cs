using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Domain;

/// <summary>
/// The object that native code takes for its iModel's JavaScript object (iTwin.js: <c>IModelDb</c>), with the classes and functions that it
/// calls when something changes. A function that nobody handles does nothing within the host.
/// </summary>
internal sealed class DomainBridge : IDisposable
{
    // Weak: native code holds the functions, and they this object. It must not keep a leaked iModel from being collected.
    private readonly WeakReference<DgnDb> _db;
    private readonly DomainHandlers.ClassHandler[] _handlers;
    private readonly Dictionary<string, NativeObject> _classes = new(StringComparer.Ordinal);
    private readonly NativeObject _unhandledClass;
    private readonly NativeObject _txns;
    private readonly NativeObject _iModelDb;

    public DomainBridge(DgnDb db, DomainHandlers handlers)
    {
        _db = new WeakReference<DgnDb>(db);
        _handlers = [.. handlers.Classes];
        _unhandledClass = MakeObject(db.Engine, EventNames.OfClasses);
        _txns = MakeObject(db.Engine, EventNames.OfTxns);
        foreach (IGrouping<string, Action<TxnEventArgs>> method in handlers.Txns.GroupBy(txn => txn.Method, txn => txn.Handler))
            _txns.Set(method.Key, TxnFunction([.. method]));
        _iModelDb = NativeObject.Create(db.Engine);
        _iModelDb.Set("txns", _txns);
        _iModelDb.Set("getJsClass", _handlers.Length == 0 ? NativeArgument.Constant(_unhandledClass) : NativeArgument.Callback(new NativeCallback(GetClass)));
        _iModelDb.Set("onChangesetConflict", ConflictFunction(handlers.ChangesetConflict));
        db.Invoke("setIModelDb", _iModelDb);
    }

    /// <summary>Takes the object from native code, which would keep its functions alive.</summary>
    public void Dispose()
    {
        if (_db.TryGetTarget(out DgnDb? db))
            db.Invoke("setIModelDb");
        Release();
    }

    /// <summary>Releases what is held here, when native code holds nothing of it any more.</summary>
    public void Release()
    {
        foreach (NativeObject known in _classes.Values)
            known.Dispose();
        _classes.Clear();
        _unhandledClass.Dispose();
        _txns.Dispose();
        _iModelDb.Dispose();
    }

    private static NativeObject MakeObject(NativeEngine engine, IEnumerable<string> methods)
    {
        NativeObject made = NativeObject.Create(engine);
        foreach (string method in methods)
            made.Set(method, NativeArgument.NoOp);
        return made;
    }

    private NativeArgument GetClass(IReadOnlyList<NativeResult> arguments)
    {
        string name = arguments[0].GetText();
        if (_handlers.Length == 0 || !_db.TryGetTarget(out DgnDb? db))
            return _unhandledClass;
        if (!_classes.TryGetValue(name, out NativeObject? found))
            _classes.Add(name, found = MakeClass(db, name));
        return found;
    }

    private NativeObject MakeClass(DgnDb db, string name)
    {
        DomainHandlers.ClassHandler[] mine = [.. _handlers.Where(handler => IsOrDerivesFrom(db, name, handler.ClassFullName))];
        NativeObject made = MakeObject(db.Engine, EventNames.OfClasses);
        foreach (IGrouping<string, Action<DomainEventArgs>> method in mine.GroupBy(handler => handler.Method, handler => handler.Handler))
            made.Set(method.Key, ClassFunction(name, [.. method]));
        return made;
    }

    private static bool IsOrDerivesFrom(DgnDb db, string name, string baseName)
    {
        if (name.Equals(baseName, StringComparison.OrdinalIgnoreCase))
            return true;
        try
        {
            return db.Schemas.IsSubClassOf(name, baseName);
        }
        catch (NativeException)
        {
            // The iModel has no such class: then nothing derives from it.
            return false;
        }
    }

    private NativeArgument ClassFunction(string className, Action<DomainEventArgs>[] handlers) => Function((db, arguments) =>
    {
        if (arguments.Count == 0 || arguments[0].Object is not { } argument)
            return default;
        var given = new DomainEventArgs(db, className, argument);
        try
        {
            foreach (Action<DomainEventArgs> handler in handlers)
                handler(given);
        }
        finally
        {
            given.Release();
        }

        return default;
    });

    private NativeArgument TxnFunction(Action<TxnEventArgs>[] handlers) => Function((db, arguments) =>
    {
        var given = new TxnEventArgs(db, arguments);
        foreach (Action<TxnEventArgs> handler in handlers)
            handler(given);
        return default;
    });

    private NativeArgument ConflictFunction(Func<DgnDb, NativeObject, NativeArgument>? decide) => decide is null
        ? NativeArgument.NoOp
        : Function((db, arguments) => arguments[0].Object is { } conflict ? decide(db, conflict) : default);

    private NativeArgument Function(Func<DgnDb, IReadOnlyList<NativeResult>, NativeArgument> code) =>
        NativeArgument.Callback(new NativeCallback(
            arguments =>
            {
                if (!_db.TryGetTarget(out DgnDb? db))
                    return default;
                using NativeDb.CallbackScope scope = db.EnterCallback();
                return code(db, arguments);
            },
            byHandle: true));
}
