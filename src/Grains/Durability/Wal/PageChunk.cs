namespace ITwinOrleans.Grains.Durability.Wal;

/// <summary>A part of a commit as the journal keeps it: what some pages are different from before, compressed.</summary>
/// <param name="Content">See <see cref="PageChunkFormat"/>.</param>
/// <param name="Hash">SHA-256 of the page numbers and the pages' new images, as in the content before the difference is made: proof that a restored file is the one that was shipped.</param>
internal sealed record PageChunk(ReadOnlyMemory<byte> Content, byte[] Hash);
