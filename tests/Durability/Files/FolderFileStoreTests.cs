using ITwinOrleans.Grains.Files;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Durability.Tests.Files;

public sealed class FolderFileStoreTests : FileStoreTests
{
    protected override Task<IFileStore> CreateAsync() =>
        Task.FromResult<IFileStore>(new FolderFileStore(Options.Create(new FilesOptions { Folder = Directory.CreateDirectory(Folder["shared"]).FullName })));

    protected override void AssertNoRemains() => Assert.Empty(Directory.GetFiles(Folder["shared"], "*", SearchOption.AllDirectories));

    [Fact]
    public async Task PutAsync_of_a_name_that_is_there_is_refused_and_changes_nothing()
    {
        await Store.PutAsync("a", new MemoryStream([1]), default);
        await Assert.ThrowsAsync<FileStoreException>(() => Store.PutAsync("a", new MemoryStream([2]), default));
        Assert.Equal([1], await File.ReadAllBytesAsync(Folder["shared/a"]));
        Assert.Single(Directory.GetFiles(Folder["shared"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Folder_that_is_not_there_any_more_is_said()
    {
        Directory.Delete(Folder["shared"]);
        File.WriteAllText(Folder["shared"], "a file");
        await Assert.ThrowsAsync<FileStoreException>(() => Store.PutAsync("a/b", new MemoryStream([1]), default));
        await Assert.ThrowsAsync<FileStoreException>(() => Store.OpenReadAsync("a/b", 0, default));
    }
}
