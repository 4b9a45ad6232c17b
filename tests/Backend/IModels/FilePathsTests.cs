using ITwinOrleans.Backend.IModels;

namespace ITwinOrleans.Backend.Tests.IModels;

public sealed class FilePathsTests
{
    [Theory]
    [InlineData("cannot open /data/plant/a.bim", "cannot open key-a")]
    [InlineData("cannot open /data/plant/a.bim-wal: locked", "cannot open key-a-wal: locked")]
    [InlineData("no '/usr/share/itwin/assets/datum.dty' here", "no 'datum.dty' here")]
    [InlineData("see https://example.org/a/b", "see https://example.org/a/b")]
    [InlineData("m/s and 1/2", "m/s and 1/2")]
    [InlineData("nothing", "nothing")]
    public void Remove_takes_paths_away(string message, string expected) =>
        Assert.Equal(expected, FilePaths.Remove(message, "/data/plant/a.bim", "key-a"));
}
