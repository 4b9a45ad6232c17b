using ITwinOrleans.Grains.Catalog;

namespace ITwinOrleans.Grains.Tests.Catalog;

public sealed class IModelKeyTests
{
    [Theory]
    [InlineData("rich.bim")]
    [InlineData("plants/a.bim")]
    [InlineData("plants/north/überbau 7.bim")]
    public void IsValid_path_below_the_folder_true(string key) => Assert.True(IModelKey.IsValid(key));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".bim")]
    [InlineData("../a.bim")]
    [InlineData("a/../../b.bim")]
    [InlineData("a/./b.bim")]
    [InlineData("/etc/a.bim")]
    [InlineData("a//b.bim")]
    [InlineData("a/")]
    [InlineData("a\\b.bim")]
    [InlineData("..\\a.bim")]
    [InlineData("C:/a.bim")]
    [InlineData("a\0.bim")]
    [InlineData("a\n.bim")]
    [InlineData("a.BIM")]
    [InlineData("a.bim.Tiles")]
    [InlineData("a")]
    [InlineData(".hidden/a.bim")]
    [InlineData("a/.hidden.bim")]
    [InlineData(" a.bim")]
    [InlineData("a /b.bim")]
    public void IsValid_anything_else_false_with_a_reason(string? key)
    {
        Assert.False(IModelKey.IsValid(key, out var reason));
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void IsValid_too_long_false()
    {
        Assert.False(IModelKey.IsValid(new string('a', 197) + ".bim"));
        Assert.False(IModelKey.IsValid(string.Concat(Enumerable.Repeat("abc/", 128)) + "a.bim"));
    }
}
