using System.Globalization;
using System.Text.Json;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Live.Versions;

/// <summary>
/// The folder of a live iModel's versions, beside its file: <c>&lt;file&gt;.versions</c>, in it for each version its checkpoint, its changeset and what
/// is known about it. A version is there when the last of the three is. The checkpoint is an iModel of its own, which any iTwin.js opens.
/// </summary>
/// <param name="iModelPath">The iModel's file.</param>
public sealed class VersionFolder(string iModelPath)
{
    private const string Checkpoint = ".bim", Changeset = ".changeset", Description = ".json";

    /// <summary>The folder's full path.</summary>
    public string Path { get; } = iModelPath + ".versions";

    /// <summary>The file of a version: a snapshot.</summary>
    public string CheckpointOf(int index) => PathOf(index, Checkpoint);

    /// <summary>The changeset that leads to a version from the one before.</summary>
    public string ChangesetOf(int index) => PathOf(index, Changeset);

    /// <summary>The versions that lead to a changeset, the oldest first. Any others in the folder are of another timeline, or were never finished.</summary>
    /// <param name="changesetId">The iModel's current changeset.</param>
    /// <param name="index">Its index.</param>
    public IReadOnlyList<LiveVersion> Read(string changesetId, int index)
    {
        var versions = new List<LiveVersion>();
        for (; index > 0 && TryRead(index) is { } version && version.Id == changesetId; index--)
        {
            versions.Add(version);
            changesetId = version.ParentId;
        }

        versions.Reverse();
        return versions;
    }

    /// <summary>The description of a version, which is published last.</summary>
    public string DescriptionOf(int index) => PathOf(index, Description);

    /// <summary>Whether the version is there, and not another one of its index.</summary>
    public bool Has(LiveVersion version) => TryRead(version.Index)?.Id == version.Id;

    /// <summary>Removes what an attempt left behind.</summary>
    internal void RemoveUnfinished(int index)
    {
        if (!Directory.Exists(Path))
            return;
        foreach (string path in (string[])[CheckpointOf(index), ChangesetOf(index), DescriptionOf(index)])
        {
            string unfinished = DurableFiles.Temporary(path);
            foreach (string file in (string[])[unfinished, unfinished + "-wal", unfinished + "-shm", unfinished + Changeset])
                File.Delete(file);
        }
    }

    private LiveVersion? TryRead(int index)
    {
        string path = DescriptionOf(index);
        return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), LiveJson.Default.LiveVersion) : null;
    }

    private string PathOf(int index, string extension) => System.IO.Path.Join(Path, index.ToString("D6", CultureInfo.InvariantCulture) + extension);
}
