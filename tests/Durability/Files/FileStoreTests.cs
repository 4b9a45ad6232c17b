using System.Security.Cryptography;
using ITwinOrleans.Durability.Tests.Support;
using ITwinOrleans.Grains.Files;

namespace ITwinOrleans.Durability.Tests.Files;

/// <summary>What every store of files does.</summary>
public abstract class FileStoreTests : IAsyncLifetime
{
    protected TestFolder Folder { get; } = new();

    protected IFileStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await CreateAsync();

    public virtual Task DisposeAsync()
    {
        Folder.Dispose();
        return Task.CompletedTask;
    }

    protected abstract Task<IFileStore> CreateAsync();

    private async Task<byte[]?> ReadAsync(string name, long offset = 0)
    {
        await using Stream? content = await Store.OpenReadAsync(name, offset, default);
        if (content is null)
            return null;
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory);
        return memory.ToArray();
    }

    private async Task<string[]> ListAsync(string folder)
    {
        List<string> names = [];
        await foreach (var name in Store.ListAsync(folder, default))
            names.Add(name);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(12_000_000)]
    public async Task File_is_read_as_it_was_put_from_any_offset(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        StoredFile stored = await Store.PutAsync("bases/ab/1-2.bim", new MemoryStream(content), default);
        Assert.Equal(("bases/ab/1-2.bim", size, Convert.ToHexStringLower(SHA256.HashData(content))), (stored.Name, stored.Size, stored.Hash));
        Assert.Equal(content, await ReadAsync(stored.Name));
        if (size > 10)
            Assert.Equal(content[(size / 3)..], await ReadAsync(stored.Name, size / 3));
    }

    [Fact]
    public async Task DeleteAsync_and_OpenReadAsync_of_what_is_not_there_are_harmless()
    {
        await Store.PutAsync("files/a", new MemoryStream([1]), default);
        await Store.DeleteAsync("files/a", default);
        await Store.DeleteAsync("files/a", default);
        await Store.DeleteAsync("nowhere/a", default);
        Assert.Null(await ReadAsync("files/a"));
        Assert.Null(await ReadAsync("nowhere/a"));
    }

    [Fact]
    public async Task ListAsync_names_the_files_of_one_folder()
    {
        foreach (var name in new[] { "bases/ab/1", "bases/ab/sub/2", "bases/abc/3", "files/ab/4" })
            await Store.PutAsync(name, new MemoryStream([1]), default);
        Assert.Equal(["bases/ab/1", "bases/ab/sub/2"], await ListAsync("bases/ab"));
        Assert.Empty(await ListAsync("nowhere"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("a//b")]
    [InlineData(".partial/x")]
    [InlineData("a b")]
    public async Task Names_that_break_the_rules_are_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync(name, new MemoryStream([1]), default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenReadAsync(name, 0, default));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(12_000_000)]
    public async Task PutAsync_that_fails_midway_leaves_nothing(int size)
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Store.PutAsync("bases/ab/broken", new BreakingStream(size), default));
        Assert.Null(await ReadAsync("bases/ab/broken"));
        Assert.Empty(await ListAsync("bases/ab"));
        AssertNoRemains();
    }

    protected virtual void AssertNoRemains()
    {
    }
}
