namespace ITwinOrleans.Native.Txns;

/// <summary>Which values of a changed row (iTwin.js: <c>DbChangeStage</c>).</summary>
public enum ChangeStage
{
    /// <summary>Those before the change.</summary>
    Old = 0,

    /// <summary>Those after the change.</summary>
    New = 1,
}
