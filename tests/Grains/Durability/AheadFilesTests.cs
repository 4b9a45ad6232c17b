using ITwinOrleans.Grains.Durability.PostgreSql;
using ITwinOrleans.Grains.Files;
using ITwinOrleans.Grains.Tests.Fixtures;

namespace ITwinOrleans.Grains.Tests.Durability;

public sealed class AheadFilesTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("itwin-ahead-").FullName;
    private readonly AheadFiles _files;

    public AheadFilesTests() => _files = new AheadFiles(_time);

    public void Dispose()
    {
        _files.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Take_each_iModel_has_its_own_once()
    {
        AheadFile a = Put("a.bim"), b = Put("b.bim");
        Assert.Equal(a, _files.Take("a.bim"));
        Assert.Null(_files.Take("a.bim"));
        Assert.Equal(b, _files.Take("b.bim"));
        Assert.True(File.Exists(a.Path) && File.Exists(b.Path));
    }

    [Fact]
    public void Put_again_the_file_before_is_removed()
    {
        AheadFile first = Put("a.bim"), second = Put("a.bim");
        Assert.False(File.Exists(first.Path));
        Assert.Equal(second, _files.Take("a.bim"));
        Assert.True(File.Exists(second.Path));
    }

    [Fact]
    public void Put_the_ninth_the_oldest_is_removed()
    {
        AheadFile[] files = [.. Enumerable.Range(0, 9).Select(i => Put($"{i}.bim"))];
        Assert.Equal([false, .. Enumerable.Repeat(true, 8)], files.Select(file => File.Exists(file.Path)));
        Assert.Null(_files.Take("0.bim"));
    }

    [Fact]
    public void Put_nobody_came_for_it_it_is_removed_after_minutes()
    {
        AheadFile first = Put("a.bim");
        _time.Advance(TimeSpan.FromMinutes(1));
        AheadFile second = Put("b.bim");
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((false, true), (File.Exists(first.Path), File.Exists(second.Path)));
        Assert.Null(_files.Take("a.bim"));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(File.Exists(second.Path));
    }

    private AheadFile Put(string key)
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName, "file");
        File.WriteAllText(path, key);
        var file = new AheadFile(key, 1, new JournalBase(new StoredFile("base", 0, ""), 0), 0, path);
        _files.Put(file);
        return file;
    }
}
