using System.Text.Json;
using ITwinOrleans.Native.Domain;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Live.Commits;

/// <summary>
/// Takes what the library says while it commits (iTwin.js: the callbacks of <c>TxnManager</c>). They come within the SQLite transaction: what is
/// written by <see cref="Validated"/> is committed with the change, and if it throws nothing is.
/// </summary>
internal sealed class CommitCapture
{
    private static readonly byte[] None = "[]"u8.ToArray();

    private byte[] _geometry = None, _guids = None;
    private bool _armed;

    /// <summary>The handlers that the iModel is opened with.</summary>
    public DomainHandlers Handlers => new DomainHandlers()
        .OnTxn(TxnEvent.BeginValidate, _ => (_geometry, _guids) = (None, None))
        .OnTxn(TxnEvent.GeometryChanged, args => _geometry = Take(args))
        .OnTxn(TxnEvent.GeometryGuidsChanged, args => _guids = Take(args))
        .OnTxn(TxnEvent.EndValidate, args => OnValidated(args.Db));

    /// <summary>Whether the commit that is awaited was validated.</summary>
    public bool HasValidated { get; private set; }

    private Action<DgnDb, ChangedEntities, ChangedEntities>? Validated { get; set; }

    /// <summary>Commits, with a callback for the changed elements and models; it does not come when nothing was changed.</summary>
    public void Save(DgnDb native, string description, Action<DgnDb, ChangedEntities, ChangedEntities> validated)
    {
        (HasValidated, Validated, _armed) = (false, validated, true);
        (_geometry, _guids) = (None, None);
        try
        {
            native.Txns.SaveChanges(description);
        }
        finally
        {
            (Validated, _armed) = (null, false);
        }
    }

    /// <summary>The models whose geometry changed.</summary>
    public IReadOnlyList<string> GeometryModels()
    {
        using JsonDocument guids = JsonDocument.Parse(_guids);
        return [.. guids.RootElement.EnumerateArray().Select(static one => one.GetProperty("id"u8).GetString()!)];
    }

    /// <summary>Appends <c>geometryGuids</c> and <c>geometry</c> (iTwin.js <c>ModelGeometryChangesProps[]</c>).</summary>
    public void WriteGeometry(Utf8JsonWriter writer)
    {
        writer.WritePropertyName("geometryGuids"u8);
        writer.WriteRawValue(_guids, skipInputValidation: true);
        writer.WritePropertyName("geometry"u8);
        writer.WriteRawValue(_geometry, skipInputValidation: true);
    }

    private void OnValidated(DgnDb native)
    {
        if (!_armed || HasValidated)
            return;
        HasValidated = true;
        Validated!(native, ChangedEntities.Read(native, ChangedEntities.OfElements), ChangedEntities.Read(native, ChangedEntities.OfModels));
    }

    private static byte[] Take(TxnEventArgs args)
    {
        if (args.Arguments is not [{ } argument, ..])
            return None;
        if (argument.Object is not { } changes)
            return argument.Kind == NativeResultKind.Json ? argument.Utf8.ToArray() : None;
        using NativeResult json = changes.ToJson();
        return json.Utf8.ToArray();
    }
}
