namespace ITwinOrleans.Native.Domain;

/// <summary>The names of the methods that native code calls. All must exist: a missing one is an error.</summary>
internal static class EventNames
{
    /// <summary>The methods of an element's, a model's or an aspect's class.</summary>
    public static IReadOnlyList<string> OfClasses { get; } =
    [
        .. Enum.GetNames<ElementEvent>().Concat(Enum.GetNames<ModelEvent>()).Concat(Enum.GetNames<AspectEvent>()).Distinct().Select(name => "on" + name),
        "onBulkDeleted", "onBulkChildDeleted", "onBulkModelEvents", // of newer libraries
    ];

    /// <summary>The methods of <c>txns</c>.</summary>
    public static IReadOnlyList<string> OfTxns { get; } = [.. Enum.GetValues<TxnEvent>().Select(Of)];

    public static string Of(ElementEvent what) => "on" + what;

    public static string Of(ModelEvent what) => "on" + what;

    public static string Of(AspectEvent what) => "on" + what;

    public static string Of(TxnEvent what) => what switch
    {
        TxnEvent.ReportError => "reportError",
        TxnEvent.CaptureInstanceChanges => "_captureInstanceChanges",
        _ => "_on" + what,
    };
}
