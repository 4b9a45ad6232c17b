namespace ITwinOrleans.Grains.Distribution.Loss;

/// <summary>A call that may not run twice was on its way when its silo was lost.</summary>
/// <param name="inner">How it was lost.</param>
internal sealed class OutcomeUnknownException(Exception inner) : Exception("Whether the call ran is not known.", inner);
