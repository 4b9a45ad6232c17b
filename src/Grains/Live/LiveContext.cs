using ITwinOrleans.Grains.Durability;

namespace ITwinOrleans.Grains.Live;

/// <summary>What the live sides of all owners of a silo share.</summary>
/// <param name="Options">The settings.</param>
/// <param name="Ownerships">Who may write.</param>
/// <param name="Files">Where the live files are.</param>
/// <param name="Journals">Where commits are made safe.</param>
/// <param name="Versions">Where named versions are.</param>
/// <param name="Self">Who this silo is.</param>
public sealed record LiveContext(
    LiveOptions Options, IOwnershipStore Ownerships, ILiveFiles Files, ICommitJournals Journals, IVersionStore Versions, OwnerIdentity Self);
