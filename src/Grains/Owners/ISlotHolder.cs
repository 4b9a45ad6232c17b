namespace ITwinOrleans.Grains.Owners;

/// <summary>Whoever may have an iModel open: what <see cref="OpenIModelLimit"/> needs to know to choose which one to close.</summary>
internal interface ISlotHolder
{
    /// <summary>Whether it has an iModel open that nobody is using at this moment.</summary>
    bool IsIdle { get; }

    /// <summary>When it was last used.</summary>
    DateTimeOffset LastUsed { get; }

    /// <summary>Closes the iModel unless it is in use (again).</summary>
    /// <returns>Whether its slot was given back.</returns>
    Task<bool> CloseIfIdleAsync();
}
