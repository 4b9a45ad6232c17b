using System.Collections.Concurrent;
using ITwinOrleans.Api.Catalog;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Api.Tests.Support;

/// <summary>A store over a folder of its own. A file is an iModel here when it begins as an SQLite file does.</summary>
internal sealed class MemoryStore : IIModelStore, IDisposable
{
    public const string IModelId = "dbd4826b-4f72-423c-b4fa-ff8205f2bae7";
    private readonly ConcurrentDictionary<string, string> _ids = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("itwin-store-").FullName;

    /// <summary>What an upload waits for after its first bytes.</summary>
    public Func<Task> Gate { get; set; } = () => Task.CompletedTask;

    public static byte[] AnIModel(int length) => [.. "SQLite format 3\0"u8, .. Enumerable.Range(16, length - 16).Select(i => (byte)i)];

    public Task<IReadOnlyList<IModelListing>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IModelListing>>([.. _ids.Keys.Order(StringComparer.Ordinal).Select(Describe)]);

    public Task<IModelListing?> FindAsync(string key, CancellationToken cancellationToken) => Task.FromResult(_ids.ContainsKey(key) ? Describe(key) : null);

    public Task<IReadOnlyList<SessionInfo>> SessionsAsync(string key, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SessionInfo>>([new("s1", "app", "1.0", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 3)]);

    public Task<FileStream?> OpenFileAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult(_ids.ContainsKey(key) ? File.OpenRead(PathOf(key)) : null);

    public async Task<IModelListing> AddAsync(string key, Stream content, bool replace, IProgress<long> progress, CancellationToken cancellationToken)
    {
        if (!IModelKey.IsValid(key, out string? reason))
            throw new UploadRefusedException(UploadRefusal.BadKey, reason);
        if (!replace && _ids.ContainsKey(key))
            throw new UploadRefusedException(UploadRefusal.Exists, "There is one.");
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[8192];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            progress.Report(bytes.Length);
            await Gate();
        }

        if (!bytes.ToArray().AsSpan().StartsWith("SQLite format 3\0"u8))
            throw new UploadRefusedException(UploadRefusal.NotAnIModel, "It is none.");
        await File.WriteAllBytesAsync(PathOf(key), bytes.ToArray(), cancellationToken);
        _ids[key] = IModelId;
        return Describe(key);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private IModelListing Describe(string key) => new(
        key, "name", IModelId, "i", new ChangesetRef("", 0), new FileInfo(PathOf(key)).Length, DateTimeOffset.UnixEpoch, null, "closed", null, 0, false);

    private string PathOf(string key) => Path.Combine(Folder, Uri.EscapeDataString(key));
}
