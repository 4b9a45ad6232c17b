using ITwinOrleans.Durability.Tests.Support;
using ITwinOrleans.Grains.Files;
using ITwinOrleans.Tests.Support;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Durability.Tests.Files;

public sealed class S3FileStoreTests : FileStoreTests
{
    private S3Server _server = null!;
    private S3FileStore _store = null!;

    protected override async Task<IFileStore> CreateAsync()
    {
        _server = await S3Server.StartAsync();
        return _store = new S3FileStore(Options.Create(new FilesOptions
        {
            Mode = FilesMode.S3,
            S3 = new S3Options { Bucket = "itwin", Prefix = "test/", ServiceUrl = _server.Url, ForcePathStyle = true, AccessKey = S3Server.Key, SecretKey = S3Server.Key, PartBytes = 5 << 20 },
        }));
    }

    public override async Task DisposeAsync()
    {
        _store.Dispose();
        await _server.DisposeAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(12_000_000)]
    public async Task PutAsync_whose_content_breaks_while_it_is_sent_leaves_nothing(int size)
    {
        // The first reading is for the hash.
        await Assert.ThrowsAnyAsync<Exception>(() => Store.PutAsync("bases/ab/broken", new BreakingStream(size) { Healthy = 1 }, default));
        Assert.Null(await Store.OpenReadAsync("bases/ab/broken", 0, default));
    }

    [Fact]
    public async Task Service_that_is_gone_is_said()
    {
        await _server.StopAsync();
        await Assert.ThrowsAsync<FileStoreException>(() => Store.PutAsync("a", new MemoryStream([1]), default));
        await Assert.ThrowsAsync<FileStoreException>(() => Store.OpenReadAsync("a", 0, default));
        await Assert.ThrowsAsync<FileStoreException>(() => Store.DeleteAsync("a", default));
    }

    [Fact]
    public async Task Bucket_that_does_not_exist_is_said()
    {
        using var store = new S3FileStore(Options.Create(new FilesOptions
        {
            S3 = new S3Options { Bucket = "missing", ServiceUrl = _server.Url, ForcePathStyle = true, AccessKey = S3Server.Key, SecretKey = S3Server.Key },
        }));
        await Assert.ThrowsAsync<FileStoreException>(() => store.PutAsync("a", new MemoryStream([1]), default));
        await Assert.ThrowsAsync<FileStoreException>(() => store.OpenReadAsync("a", 0, default));
    }
}
