using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Live.Feed;

/// <summary>A commit on its way into the file.</summary>
/// <param name="Header">Who, when, why.</param>
/// <param name="Hash">Of what the operation consists of, to tell a repetition from a reused id.</param>
/// <param name="Root">The sequence of the edit that an undo or redo goes back to; of an edit its own.</param>
/// <param name="Result">What its author was answered, JSON.</param>
internal sealed record StoredCommit(LiveCommitHeader Header, byte[] Hash, long Root, string Result);
