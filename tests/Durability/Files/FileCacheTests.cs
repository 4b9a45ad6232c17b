using System.Security.Cryptography;
using ITwinOrleans.Durability.Tests.Support;
using ITwinOrleans.Grains.Files;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Durability.Tests.Files;

public sealed class FileCacheTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FolderFileStore _shared;
    private readonly UnreliableStore _store;

    public FileCacheTests()
    {
        _shared = new FolderFileStore(Options.Create(new FilesOptions { Folder = Directory.CreateDirectory(_folder["shared"]).FullName }));
        _store = new UnreliableStore(_shared);
    }

    public void Dispose() => _folder.Dispose();

    private FileCache Create(long bytes = long.MaxValue) =>
        new(_store, Options.Create(new FilesOptions { CacheFolder = _folder["cache"], CacheBytes = bytes }), NullLogger<FileCache>.Instance);

    private Task<StoredFile> PutAsync(string name, int size = 10_000) => _shared.PutAsync(name, new MemoryStream(RandomNumberGenerator.GetBytes(size)), default);

    private async Task AssertHasAsync(FileCache cache, StoredFile file)
    {
        using CachedFile copy = await cache.GetAsync(file, default);
        Assert.Equal(await File.ReadAllBytesAsync(_folder["shared/" + file.Name]), await File.ReadAllBytesAsync(copy.Path));
    }

    [Fact]
    public async Task GetAsync_fetches_once_however_many_ask()
    {
        using FileCache cache = Create();
        StoredFile file = await PutAsync("a");
        CachedFile[] copies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => cache.GetAsync(file, default)));
        Assert.Single(copies.Select(c => c.Path).Distinct());
        Assert.Equal(1, _store.Reads);
        foreach (CachedFile copy in copies)
            copy.Dispose();
        await AssertHasAsync(cache, file);
    }

    [Fact]
    public async Task GetAsync_goes_on_where_the_connection_broke()
    {
        using FileCache cache = Create();
        StoredFile file = await PutAsync("a", 3_000_000);
        _store.BreakAfter = [2_000_000, 500_000];
        await AssertHasAsync(cache, file);
        Assert.Equal([0, 2_000_000, 2_500_000], _store.Offsets);
    }

    [Fact]
    public async Task GetAsync_of_a_file_whose_content_is_another_is_refused_and_nothing_is_kept()
    {
        using FileCache cache = Create();
        StoredFile file = await PutAsync("a");
        await File.WriteAllBytesAsync(_folder["shared/a"], new byte[10_000]);
        await Assert.ThrowsAsync<FileStoreException>(() => cache.GetAsync(file, default));
        Assert.Equal([".lock"], Directory.GetFiles(_folder["cache"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task GetAsync_of_what_is_not_in_the_store_is_refused_until_it_is()
    {
        using FileCache cache = Create();
        StoredFile file = await PutAsync("a");
        File.Move(_folder["shared/a"], _folder["shared/b"]);
        await Assert.ThrowsAsync<FileStoreException>(() => cache.GetAsync(file, default));
        File.Move(_folder["shared/b"], _folder["shared/a"]);
        await AssertHasAsync(cache, file);
    }

    [Fact]
    public async Task Copy_that_was_damaged_before_a_restart_is_fetched_again()
    {
        StoredFile file = await PutAsync("a"), other = await PutAsync("b");
        using (FileCache before = Create())
        {
            await AssertHasAsync(before, file);
            await AssertHasAsync(before, other);
        }

        await File.WriteAllBytesAsync(_folder["cache/" + file.Hash], new byte[file.Size]);
        using FileCache cache = Create();
        await AssertHasAsync(cache, file);
        await AssertHasAsync(cache, other);
        Assert.Equal(3, _store.Reads);
    }

    [Fact]
    public async Task Copies_that_were_not_used_for_longest_are_evicted_and_those_in_use_are_not()
    {
        using FileCache cache = Create(bytes: 25_000);
        StoredFile a = await PutAsync("a"), b = await PutAsync("b"), c = await PutAsync("c");
        using CachedFile inUse = await cache.GetAsync(a, default);
        await AssertHasAsync(cache, b);
        await AssertHasAsync(cache, c);
        Assert.Equal(20_000, cache.Bytes);
        Assert.True(File.Exists(inUse.Path));
        Assert.False(File.Exists(_folder["cache/" + b.Hash]));
    }

    [Fact]
    public void Folder_that_another_cache_has_is_refused()
    {
        using FileCache cache = Create();
        Assert.ThrowsAny<IOException>(() => Create());
    }
}
