namespace ITwinOrleans.Backend.Live.Commits;

/// <summary>The library could not commit. Whether anything was written is to be found out, and its connection must not be used any more.</summary>
internal sealed class CommitFailedException(Exception cause) : Exception(cause.Message, cause);
