using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Tests.Fixtures;

namespace ITwinOrleans.Grains.Tests.Catalog;

public sealed class IModelUploadsTests : IAsyncLifetime
{
    private readonly Bench _bench = new(catalog: o => o.MaxUploadBytes = 4096);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task AddAsync_iModel_is_in_the_catalogue_at_once_and_read_only_once()
    {
        var content = DataFolder.Content("Uploaded");
        var progress = new List<long>();
        var entry = await Add("plants/new.bim", content, progress: new Recorder(progress));

        Assert.Equal(CatalogState.Valid, entry.State);
        Assert.Equal("Uploaded", entry.Description!.Name);
        Assert.Equal(content, await File.ReadAllBytesAsync(entry.Identity.Path));
        Assert.Equal(content.Length, progress[^1]);
        Assert.Equal(1, _bench.Log.Count("described plants/new.bim"));
        AssertNothingPartial();
    }

    [Theory]
    [InlineData("../a.bim", UploadRefusal.BadKey)]
    [InlineData("/a.bim", UploadRefusal.BadKey)]
    [InlineData("a.exe", UploadRefusal.BadKey)]
    [InlineData("there.bim/a.bim", UploadRefusal.BadKey)]
    [InlineData("folder.bim", UploadRefusal.Exists)]
    [InlineData("there.bim", UploadRefusal.Exists)]
    public async Task AddAsync_key_that_cannot_be_used_is_refused(string key, UploadRefusal expected)
    {
        _bench.Data.Write("there.bim", "There");
        Directory.CreateDirectory(_bench.Data.PathOf("folder.bim"));
        var refused = await Assert.ThrowsAsync<UploadRefusedException>(() => Add(key, DataFolder.Content("X")));
        Assert.Equal(expected, refused.Refusal);
        Assert.DoesNotContain(_bench.Data.Path, refused.Message, StringComparison.Ordinal);
        AssertNothingPartial();
    }

    [Fact]
    public async Task AddAsync_no_iModel_is_refused_and_nothing_remains()
    {
        var refused = await Assert.ThrowsAsync<UploadRefusedException>(() => Add("a.bim", "not one"u8.ToArray()));
        Assert.Equal(UploadRefusal.NotAnIModel, refused.Refusal);
        Assert.DoesNotContain(_bench.Data.Path, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.Data.PathOf("a.bim")));
        AssertNothingPartial();
    }

    [Fact]
    public async Task AddAsync_too_large_is_refused_and_nothing_remains()
    {
        var refused = await Assert.ThrowsAsync<UploadRefusedException>(() => Add("a.bim", new byte[4097]));
        Assert.Equal(UploadRefusal.TooLarge, refused.Refusal);
        AssertNothingPartial();
    }

    [Fact]
    public async Task AddAsync_replace_takes_the_place_of_the_old_one_for_who_has_it_open()
    {
        _bench.Data.Write("a.bim", "Old");
        Assert.Equal("\"Old\"", await _bench.AskAsync("a.bim", "getConnectionProps"));
        await Add("a.bim", DataFolder.Content("New"), replace: true);
        Assert.Equal("\"New\"", await _bench.AskAsync("a.bim", "getConnectionProps"));
    }

    [Fact]
    public async Task AddAsync_content_that_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<IOException>(() => _bench.Uploads.AddAsync("a.bim", new BrokenStream(), false, null, CancellationToken.None));
        Assert.False(File.Exists(_bench.Data.PathOf("a.bim")));
        AssertNothingPartial();
    }

    private Task<CatalogEntry> Add(string key, byte[] content, bool replace = false, IProgress<long>? progress = null) =>
        _bench.Uploads.AddAsync(key, new MemoryStream(content), replace, progress, CancellationToken.None).For("the upload");

    private void AssertNothingPartial() => Assert.Empty(
        Directory.EnumerateFiles(_bench.Data.Path, "*.partial*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));

    private sealed class Recorder(List<long> values) : IProgress<long>
    {
        public void Report(long value) => values.Add(value);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("The client is gone.");
    }
}
