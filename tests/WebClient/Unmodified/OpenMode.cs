namespace ITwinOrleans.WebClient.Tests.Unmodified;

/// <summary>How a frontend opens an iModel.</summary>
public enum OpenMode
{
    /// <summary>By its file key, with <c>SnapshotConnection</c>.</summary>
    Snapshot,

    /// <summary>By its ids, with <c>CheckpointConnection</c>.</summary>
    Checkpoint,
}
