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
    private readonly DgnDb _db;
    private readonly DomainHandlers.ClassHandler[] _handlers;
    private readonly Dictionary<string, NativeObject> _classes = new(StringComparer.Ordinal);
    private readonly NativeObject _unhandledClass;
    private readonly NativeObject _txns;
    private readonly NativeObject _iModelDb;

    public DomainBridge(DgnDb db, DomainHandlers handlers)
    {
        _db = db;
        _handlers = [.. handlers.Classes];
        _unhandledClass = MakeObject(EventNames.OfClasses);
        _txns = MakeObject(EventNames.OfTxns);
        foreach (IGrouping<string, Action<TxnEventArgs>> method in handlers.Txns.GroupBy(txn => txn.Method, txn => txn.Handler))
            _txns.Set(method.Key, TxnFunction([.. method]));
        _iModelDb = NativeObject.Create(db.Engine);
        _iModelDb.Set("txns", _txns);
        _iModelDb.Set("getJsClass", NativeArgument.Callback(new NativeCallback(GetClass)));
        _iModelDb.Set("onChangesetConflict", ConflictFunction(handlers.ChangesetConflict));
        db.Invoke("setIModelDb", _iModelDb);
    }

    /// <summary>Takes the object from native code, which would keep its functions alive.</summary>
    public void Dispose()
    {
        _db.Invoke("setIModelDb");
        foreach (NativeObject known in _classes.Values)
            known.Dispose();
        _classes.Clear();
        _unhandledClass.Dispose();
        _txns.Dispose();
        _iModelDb.Dispose();
    }

    private NativeObject MakeObject(IEnumerable<string> methods)
    {
        NativeObject made = NativeObject.Create(_db.Engine);
        foreach (string method in methods)
            made.Set(method, NativeArgument.NoOp);
        return made;
    }

    private NativeArgument GetClass(IReadOnlyList<NativeResult> arguments)
    {
        string name = arguments[0].GetText();
        if (_handlers.Length == 0)
            return _unhandledClass;
        if (!_classes.TryGetValue(name, out NativeObject? found))
            _classes.Add(name, found = MakeClass(name));
        return found;
    }

    private NativeObject MakeClass(string name)
    {
        DomainHandlers.ClassHandler[] mine = [.. _handlers.Where(handler => IsOrDerivesFrom(name, handler.ClassFullName))];
        NativeObject made = MakeObject(EventNames.OfClasses);
        foreach (IGrouping<string, Action<DomainEventArgs>> method in mine.GroupBy(handler => handler.Method, handler => handler.Handler))
            made.Set(method.Key, ClassFunction(name, [.. method]));
        return made;
    }

    private bool IsOrDerivesFrom(string name, string baseName)
    {
        if (name.Equals(baseName, StringComparison.OrdinalIgnoreCase))
            return true;
        try
        {
            return _db.Schemas.IsSubClassOf(name, baseName);
        }
        catch (NativeException)
        {
            // The iModel has no such class: then nothing derives from it.
            return false;
        }
    }

    private NativeArgument ClassFunction(string className, Action<DomainEventArgs>[] handlers) =>
        NativeArgument.Callback(new NativeCallback(
            arguments =>
            {
                if (arguments.Count == 0 || arguments[0].Object is not { } argument)
                    return default;
                using NativeDb.CallbackScope scope = _db.EnterCallback();
                var given = new DomainEventArgs(_db, className, argument);
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
            },
            byHandle: true));

    private NativeArgument TxnFunction(Action<TxnEventArgs>[] handlers) =>
        NativeArgument.Callback(new NativeCallback(
            arguments =>
            {
                using NativeDb.CallbackScope scope = _db.EnterCallback();
                var given = new TxnEventArgs(_db, arguments);
                foreach (Action<TxnEventArgs> handler in handlers)
                    handler(given);
                return default;
            },
            byHandle: true));

    private NativeArgument ConflictFunction(Func<DgnDb, NativeObject, NativeArgument>? decide) =>
        decide is null
            ? NativeArgument.NoOp
            : NativeArgument.Callback(new NativeCallback(
                arguments =>
                {
                    using NativeDb.CallbackScope scope = _db.EnterCallback();
                    return arguments[0].Object is { } conflict ? decide(_db, conflict) : default;
                },
                byHandle: true));
}
