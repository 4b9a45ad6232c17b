using System.Text.Json.Nodes;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Parity.Tests.Steps;

/// <summary>
/// The object given to <c>setIModelDb</c>, with every handler that native code may look up; each records its call. The names are
/// those of core-backend's Element, Model, ElementAspect and TxnManager, as in peer/domain.mjs.
/// </summary>
internal sealed class RecordingDomain
{
    private static readonly string[] EntityHandlers =
    [
        "onInsert", "onInserted", "onUpdate", "onUpdated", "onDelete", "onDeleted",
        "onChildInsert", "onChildInserted", "onChildUpdate", "onChildUpdated", "onChildDelete", "onChildDeleted",
        "onChildAdd", "onChildAdded", "onChildDrop", "onChildDropped",
        "onSubModelInsert", "onSubModelInserted", "onSubModelDelete", "onSubModelDeleted",
        "onInsertElement", "onInsertedElement", "onUpdateElement", "onUpdatedElement", "onDeleteElement", "onDeletedElement",
    ];

    private static readonly string[] TxnHandlers =
    [
        "_onBeginValidate", "_onEndValidate", "_onCommit", "_onCommitted", "_onChangesApplied", "_onGeometryChanged",
        "_onGeometryGuidsChanged", "_onBeforeUndoRedo", "_onAfterUndoRedo", "_onReplayExternalTxns",
        "_onReplayedExternalTxns", "_onAllInputsHandled", "_onBeforeOutputsHandled", "_onRootChanged",
        "_onDeletedDependency", "reportError", "_captureInstanceChanges", "_onRebaseLocalTxnConflict",
    ];

    private static readonly string[] ConflictMembers = ["cause", "opcode", "indirect", "tableName", "changesetFile"];

    private readonly CallScope _scope;
    private readonly JsonObject _options;
    private readonly Dictionary<string, NativeObject> _classes = [];

    private RecordingDomain(CallScope scope, JsonObject options) => (_scope, _options) = (scope, options);

    /// <summary>The domain object with the options of a step.</summary>
    public static NativeObject Create(CallScope scope, JsonObject options)
    {
        var domain = new RecordingDomain(scope, options);
        NativeObject txns = domain.CreateHandlers("txns", TxnHandlers);
        NativeObject iModel = scope.Own(scope.Platform.CreateObject());
        iModel.Set("txns", txns);
        iModel.Set("getJsClass", NativeArgument.Callback(new NativeCallback(arguments => domain.GetClass(arguments[0].GetText()))));
        iModel.Set("onChangesetConflict", NativeArgument.Callback(new NativeCallback(domain.OnConflict, byHandle: true)));
        return iModel;
    }

    private NativeObject GetClass(string fullName)
    {
        if (!_classes.TryGetValue(fullName, out NativeObject? found))
            _classes[fullName] = found = CreateHandlers(fullName, EntityHandlers);
        return found;
    }

    private NativeObject CreateHandlers(string owner, string[] names)
    {
        NativeObject handlers = _scope.Own(_scope.Platform.CreateObject());
        foreach (string name in names)
            handlers.Set(name, NativeArgument.Callback(new NativeCallback(arguments => Handle(owner, name, arguments), byHandle: true)));
        return handlers;
    }

    private NativeArgument Handle(string owner, string name, IReadOnlyList<NativeResult> arguments)
    {
        _scope.Record($"{owner}.{name}", new JsonArray([.. arguments.Select(Show)]));
        foreach (JsonNode? change in _options["mutate"]?.AsArray() ?? [])
        {
            if (change!["handler"]!.GetValue<string>() == name)
                Mutate(arguments[0].Object!, change["set"]!.AsObject());
        }

        return _options["fail"]?[name]?.GetValue<string>() is { } message ? throw new InvalidOperationException(message) : NativeArgument.Undefined;
    }

    /// <summary>The argument without the iModel that native code adds to it.</summary>
    private JsonNode? Show(NativeResult argument)
    {
        if (argument.Object is null)
            return _scope.Canonical.Of(argument);
        using NativeResult json = argument.Object.ToJson();
        JsonNode? shown = _scope.Canonical.Of(json);
        (shown as JsonObject)?.Remove("iModel");
        return shown;
    }

    private void Mutate(NativeObject argument, JsonObject changes)
    {
        foreach ((string pointer, JsonNode? value) in changes)
        {
            string[] keys = pointer.Split('/');
            using NativeObject? container = argument.Get(keys[1], asObject: true).Object;
            container?.Set(keys[2], _scope.Arguments.Read(value));
        }
    }

    private NativeArgument OnConflict(IReadOnlyList<NativeResult> arguments)
    {
        var shown = new JsonObject();
        foreach (string member in ConflictMembers)
        {
            using NativeResult value = arguments[0].Object!.Get(member);
            if (value.Kind != NativeResultKind.Undefined)
                shown[member] = _scope.Canonical.Of(value);
        }

        _scope.Record("onChangesetConflict", [shown]);
        return _options["conflict"] is { } answer ? _scope.Arguments.Read(answer) : NativeArgument.Undefined;
    }
}
