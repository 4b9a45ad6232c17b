using System.Text;
using ITwinOrleans.Api.Rpc;

namespace ITwinOrleans.Api.Tests.Rpc;

public sealed class UrlParametersTests
{
    // Each second value is what Node's Buffer.from(first, "base64").toString("binary") gives.
    [Theory]
    [InlineData("WzFd", "[1]")]
    [InlineData("WzFd$", "[1]")]
    [InlineData("WzFd====WzFd", "[1]")]
    [InlineData("YQ==YQ==", "a")]
    [InlineData("YQ=YQ==", "a")]
    [InlineData("YQ", "a")]
    [InlineData("YR", "a")]
    [InlineData("YWI", "ab")]
    [InlineData("YWJ", "ab")]
    [InlineData("Y$Q==", "a")]
    [InlineData("Y", "")]
    [InlineData("====", "")]
    [InlineData("", "")]
    [InlineData("$$$$", "")]
    [InlineData("/+8=", "\u00ff\u00ef")]
    public void Decode_lenient_givesWhatNodeGives(string encoded, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(UrlParameters.Decode(encoded)));

    [Fact]
    public void Decode_everyLatin1Character_givesItsUtf8()
    {
        string text = string.Concat(Enumerable.Range(0, 256).Select(code => (char)code));

        Assert.Equal(text, Encoding.UTF8.GetString(UrlParameters.Decode(Convert.ToBase64String(Encoding.Latin1.GetBytes(text)))));
    }
}
