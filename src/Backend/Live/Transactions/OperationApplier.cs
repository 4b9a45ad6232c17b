using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Live.Transactions;

/// <summary>Applies a transaction's operations to the iModel, one by one, by the library's own handlers of each entity; on the engine thread.</summary>
internal sealed class OperationApplier
{
    private const string ForceUseId = """{"forceUseId":true}""", AsInstance = """{"forceUseId":true,"useJsNames":true}""";

    private readonly DgnDb _native;
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly string?[] _inserted;
    private readonly PropsRewriter _props;
    private int _next;

    public OperationApplier(DgnDb native, LiveTransaction transaction)
    {
        _native = native;
        _inserted = new string?[transaction.Operations.Count];
        _props = new PropsRewriter(transaction.HasNames ? _ids : null);
    }

    /// <summary>The ids of the named inserts.</summary>
    public IReadOnlyDictionary<string, string> Ids => _ids;

    /// <summary>The id of each operation's insert.</summary>
    public IReadOnlyList<string?> Inserted => _inserted;

    /// <summary>Applies the next operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="forcedId">The id that what is inserted gets; null to let the library choose.</param>
    public void Apply(in LiveOperation operation, string? forcedId)
    {
        string? id = operation.Action switch
        {
            OperationAction.Insert => Insert(operation, forcedId),
            OperationAction.Update => Update(operation),
            _ => Delete(operation),
        };
        _inserted[_next++] = id;
        if (operation.Name is not null)
            _ids.Add(operation.Name, id!);
    }

    private string Insert(in LiveOperation operation, string? forcedId)
    {
        if (forcedId is not null)
        {
            // Aspects and relationships have no way of their own to be inserted with an id.
            return operation.Entity == EntityKind.Element
                ? _native.Elements.Insert(_props.Rewrite(operation.Props, forcedId), ForceUseId)
                : _native.Instances.Insert(_props.Rewrite(operation.Props, forcedId, asInstance: true), AsInstance);
        }

        NativeJson props = _props.Rewrite(operation.Props);
        return operation.Entity switch
        {
            EntityKind.Element => _native.Elements.Insert(props),
            EntityKind.Model => _native.Models.Insert(props),
            EntityKind.Aspect => _native.Aspects.Insert(props),
            _ => _native.Relationships.Insert(props),
        };
    }

    private string? Update(in LiveOperation operation)
    {
        NativeJson props = _props.Rewrite(operation.Props);
        switch (operation.Entity)
        {
            case EntityKind.Element:
                _native.Elements.Update(props);
                break;
            case EntityKind.Model:
                _native.Models.Update(props);
                break;
            case EntityKind.Aspect:
                _native.Aspects.Update(props);
                break;
            default:
                _native.Relationships.Update(props);
                break;
        }

        return null;
    }

    private string? Delete(in LiveOperation operation)
    {
        switch (operation.Entity)
        {
            case EntityKind.Element:
                _native.Elements.Delete(_props.Resolve(operation.Id!));
                break;
            case EntityKind.Model:
                _native.Models.Delete(_props.Resolve(operation.Id!));
                break;
            case EntityKind.Aspect:
                _native.Aspects.Delete(_props.Resolve(operation.Id!));
                break;
            default:
                _native.Relationships.Delete(_props.Rewrite(operation.Props));
                break;
        }

        return null;
    }
}
