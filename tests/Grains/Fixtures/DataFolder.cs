using System.Text.Json;

namespace ITwinOrleans.Grains.Tests.Fixtures;

/// <summary>A data folder of a test, with files that <see cref="FileEngine"/> takes for iModels.</summary>
public sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("itwin-grains-").FullName;

    public string PathOf(string key) => System.IO.Path.Join(Path, key);

    /// <summary>Writes an iModel whole: under another name first, then renamed over what is there.</summary>
    public void Write(string key, string name, string? iModelId = null, string changesetId = "", string iTwinId = "00000000-0000-0000-0000-000000000001")
    {
        var target = PathOf(key);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        var temporary = PathOf(".writing-" + Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(temporary, Content(name, iModelId, changesetId, iTwinId));
        File.Move(temporary, target, overwrite: true);
    }

    public static byte[] Content(string name, string? iModelId = null, string changesetId = "", string iTwinId = "00000000-0000-0000-0000-000000000001") =>
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            name,
            rootSubject = new { name },
            projectExtents = new { low = new[] { 0, 0, 0 }, high = new[] { 1, 2, 3 } },
            iTwinId,
            iModelId = iModelId ?? Guid.NewGuid().ToString(),
            changeset = new { id = changesetId, index = changesetId.Length == 0 ? 0 : 1 },
        });

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
