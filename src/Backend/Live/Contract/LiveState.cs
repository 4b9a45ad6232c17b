namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>Names a state of a live iModel: the one after a commit, or <c>{0, 0}</c> before its first.</summary>
/// <param name="Epoch">The ownership under which the commit was made; grows with each opening for writing.</param>
/// <param name="Sequence">The commit's number in the life of the iModel, from 1, without a gap.</param>
public readonly record struct LiveState(long Epoch, long Sequence);
