namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>A named version of a live iModel: a state with a changeset that leads to it from the version before, and a file of it.</summary>
/// <param name="Index">The changeset's index in the timeline, from 1.</param>
/// <param name="Id">The changeset's id.</param>
/// <param name="ParentId">The id of the changeset before; empty for the first.</param>
/// <param name="Name">The version's name.</param>
/// <param name="User">Who named it.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="State">The state that it names.</param>
/// <param name="File">The version's file (a snapshot) in the folder of versions.</param>
/// <param name="FileSize">Its size in bytes.</param>
/// <param name="ChangesetFile">The changeset's file in the folder of versions.</param>
/// <param name="ChangesetSize">Its size in bytes.</param>
/// <param name="ChangesType">iTwin.js <c>ChangesetType</c> of the changeset.</param>
public sealed record LiveVersion(
    int Index,
    string Id,
    string ParentId,
    string Name,
    LiveUser User,
    DateTimeOffset Time,
    LiveState State,
    string File,
    long FileSize,
    string ChangesetFile,
    long ChangesetSize,
    int ChangesType);
