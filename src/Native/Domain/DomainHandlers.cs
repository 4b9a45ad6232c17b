using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Domain;

/// <summary>
/// What an application does when elements, models and aspects of an iModel change. Registered for a class (<c>BisCore:Subject</c>), it is
/// called for derived classes too; so <c>BisCore:Element</c> stands for all elements. Handlers run on the engine thread in the order of
/// their registration; one that throws forbids the operation, which throws the same message. What nobody handles stays within native code.
/// </summary>
/// <remarks>Given to <see cref="DgnDb.UseHandlers"/>; what is registered after that is not seen by that iModel.</remarks>
public sealed class DomainHandlers
{
    private readonly List<ClassHandler> _classes = [];
    private readonly List<(string Method, Action<TxnEventArgs> Handler)> _txns = [];

    /// <summary>All elements.</summary>
    public const string AnyElement = "BisCore:Element";

    /// <summary>All models.</summary>
    public const string AnyModel = "BisCore:Model";

    /// <summary>All aspects of elements.</summary>
    public const string AnyAspect = "BisCore:ElementAspect";

    internal IReadOnlyList<ClassHandler> Classes => _classes;

    internal IReadOnlyList<(string Method, Action<TxnEventArgs> Handler)> Txns => _txns;

    internal Func<DgnDb, NativeObject, NativeArgument>? ChangesetConflict { get; private set; }

    /// <summary>Handles an event of elements.</summary>
    /// <param name="classFullName">A class of elements, <c>Schema:Class</c>.</param>
    /// <param name="what">The event.</param>
    /// <param name="handler">What is done.</param>
    public DomainHandlers OnElement(string classFullName, ElementEvent what, Action<DomainEventArgs> handler) =>
        Add(classFullName, EventNames.Of(what), handler);

    /// <summary>Handles an event of models.</summary>
    public DomainHandlers OnModel(string classFullName, ModelEvent what, Action<DomainEventArgs> handler) =>
        Add(classFullName, EventNames.Of(what), handler);

    /// <summary>Handles an event of aspects.</summary>
    public DomainHandlers OnAspect(string classFullName, AspectEvent what, Action<DomainEventArgs> handler) =>
        Add(classFullName, EventNames.Of(what), handler);

    /// <summary>Handles an event of transactions.</summary>
    public DomainHandlers OnTxn(TxnEvent what, Action<TxnEventArgs> handler)
    {
        _txns.Add((EventNames.Of(what), handler));
        return this;
    }

    /// <summary>
    /// Decides what is done with a row of a changeset that does not fit. The argument has the conflict's <c>cause</c>, <c>tableName</c>, ...
    /// and functions to read the values; the result is a DbConflictResolution, or undefined to leave it to the library.
    /// </summary>
    public DomainHandlers OnChangesetConflict(Func<DgnDb, NativeObject, NativeArgument> decide)
    {
        ChangesetConflict = decide;
        return this;
    }

    private DomainHandlers Add(string classFullName, string method, Action<DomainEventArgs> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(classFullName);
        _classes.Add(new ClassHandler(classFullName, method, handler));
        return this;
    }

    internal sealed record ClassHandler(string ClassFullName, string Method, Action<DomainEventArgs> Handler);
}
