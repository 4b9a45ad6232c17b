namespace ITwinOrleans.Grains.Durability;

/// <summary>The iModel could not be taken: somebody else has it. Ask that owner, or look again.</summary>
/// <param name="message">Who has it and what to do.</param>
/// <param name="holder">What the store knows of the holder, if anything.</param>
public sealed class OwnershipTakenException(string message, OwnershipState? holder = null) : DurabilityException(message)
{
    /// <summary>The holder.</summary>
    public OwnershipState? Holder => holder;
}
