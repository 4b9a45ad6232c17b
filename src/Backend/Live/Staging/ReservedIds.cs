using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Live.Feed;
using ITwinOrleans.Backend.Live.Transactions;
using ITwinOrleans.Native.IModels;

namespace ITwinOrleans.Backend.Live.Staging;

/// <summary>
/// The ids that sessions got for inserts which they have not saved yet. They stay theirs: the commit uses them, and nobody else gets them, not even
/// after a restart. On the engine thread.
/// </summary>
/// <param name="store">The opened file.</param>
internal sealed class ReservedIds(CommitStore store)
{
    private const int MaxReserved = 1_000_000;

    private readonly IdSequence _elements = new("bis_elementidsequence", store), _instances = new("ec_instanceidsequence", store);
    private readonly Dictionary<(bool IsElement, string Id), string> _sessions = [];

    /// <summary>Has ids at hand for the inserts of a transaction that have none yet.</summary>
    /// <exception cref="LiveRefusedException">Too many are reserved.</exception>
    public void Prepare(DgnDb native, CommitStore current, LiveTransaction transaction)
    {
        int elements = Count(static entity => entity == EntityKind.Element), instances = Count(static entity => entity is EntityKind.Aspect or EntityKind.Relationship);
        if (_sessions.Count + elements + instances > MaxReserved)
            throw new LiveRefusedException(LiveRefusals.Busy, "Too many inserts are staged. Save some.");
        _elements.Ensure(native, current, elements);
        _instances.Ensure(native, current, instances);

        int Count(Func<EntityKind, bool> of) => transaction.Operations.Count(operation => operation is { Action: OperationAction.Insert, Id: null } && of(operation.Entity));
    }

    /// <summary>The id of an insert that is tried out: the one that it has, or a new one. Null of a model, which has its element's id.</summary>
    /// <exception cref="LiveRefusedException">The id is another session's, or was never given out.</exception>
    public string? Reserve(in LiveOperation operation, string session)
    {
        if (operation.Action != OperationAction.Insert || operation.Entity == EntityKind.Model)
            return null;
        bool isElement = operation.Entity == EntityKind.Element;
        if (operation.Id is not { } id)
        {
            id = (isElement ? _elements : _instances).Take();
        }
        else if (!MayUse(isElement, id, session))
        {
            throw NotReserved(id);
        }

        _sessions[(isElement, id)] = session;
        return id;
    }

    /// <summary>The id that an insert is committed with; null to let the library choose.</summary>
    /// <exception cref="LiveRefusedException">It is another session's, or was never given out.</exception>
    public string? Use(in LiveOperation operation, string session)
    {
        if (operation is not { Action: OperationAction.Insert, Id: { } id })
            return null;
        return MayUse(operation.Entity == EntityKind.Element, id, session) ? id : throw NotReserved(id);
    }

    /// <summary>The transaction is committed: its ids are used.</summary>
    public void Release(LiveTransaction transaction)
    {
        foreach (LiveOperation operation in transaction.Operations)
        {
            if (operation is { Action: OperationAction.Insert, Id: { } id })
                _sessions.Remove((operation.Entity == EntityKind.Element, id));
        }
    }

    /// <summary>The session gives its ids up; they are not used again.</summary>
    public void Release(string session)
    {
        foreach ((bool, string) key in _sessions.Where(one => one.Value == session).Select(static one => one.Key).ToArray())
            _sessions.Remove(key);
    }

    // Whose an id is, is known as long as the file is open; one that was given out before belongs to whoever knows it.
    private bool MayUse(bool isElement, string id, string session) => _sessions.TryGetValue((isElement, id), out string? owner)
        ? owner == session
        : (isElement ? _elements : _instances).IsOlder(id);

    private static LiveRefusedException NotReserved(string id) =>
        new(LiveRefusals.InvalidTransaction, $"The id {id} is not reserved for this session; leave it out, or stage the insert first");
}
