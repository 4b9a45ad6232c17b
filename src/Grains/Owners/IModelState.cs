namespace ITwinOrleans.Grains.Owners;

/// <summary>Whether an owner has its iModel open.</summary>
public enum IModelState : byte
{
    /// <summary>It is not open; the next call opens it.</summary>
    Closed,

    /// <summary>It is being opened.</summary>
    Opening,

    /// <summary>It is open.</summary>
    Open,

    /// <summary>It is being closed.</summary>
    Closing,
}
