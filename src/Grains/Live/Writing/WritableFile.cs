using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Durability;

namespace ITwinOrleans.Grains.Live.Writing;

/// <summary>One opening of a live iModel's file for writing.</summary>
/// <param name="Ownership">The right to write.</param>
/// <param name="Path">The live file: the catalogue's, or one of this silo's own.</param>
/// <param name="Journal">Where its commits are made safe.</param>
/// <param name="Props">The iModel's connection props, UTF-8 JSON.</param>
/// <param name="State">The state that the file was opened in.</param>
internal sealed record WritableFile(Ownership Ownership, string Path, ICommitJournal Journal, byte[] Props, LiveState State);
