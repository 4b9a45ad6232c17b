using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Tests.Elements;

public sealed class CompressedId64SetTests
{
    private const int Limit = 1000;

    [Theory]
    [InlineData("", "")]
    [InlineData("+1", "0x1")]
    [InlineData("+1*3", "0x1,0x2,0x3")]
    [InlineData("+11+2*5", "0x11,0x13,0x15,0x17,0x19,0x1b")]
    [InlineData("+10000000001", "0x10000000001")]
    [InlineData("+1E+4E3*3", "0x1e,0x501,0x9e4,0xec7")]
    public void Decompress_and_Compress_are_inverse(string compressed, string ids)
    {
        string[] expected = ids.Split(',', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, CompressedId64Set.Decompress(compressed, Limit));
        Assert.Equal(compressed, CompressedId64Set.Compress(expected.Reverse()));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("+0")]
    [InlineData("+1*0")]
    [InlineData("+x")]
    [InlineData("+1-1")]
    public void Decompress_text_that_is_no_set_is_refused(string text)
    {
        Assert.Equal("Invalid CompressedId64Set", Assert.Throws<RpcException>(() => CompressedId64Set.Decompress(text, Limit)).Message);
    }

    [Theory]
    [InlineData("+1*FFFFFFFF")]
    [InlineData("+1*3E9")]
    [InlineData("+1*3E8+1*1")]
    public void Decompress_a_short_text_of_too_many_ids_is_refused(string text) =>
        Assert.Contains($"{Limit} ids", Assert.Throws<RpcException>(() => CompressedId64Set.Decompress(text, Limit)).Message, StringComparison.Ordinal);

    [Fact]
    public void Compress_what_is_no_id_is_left_out() => Assert.Equal("+5", CompressedId64Set.Compress(["0", "x", "0x5", "0x5", "0X5"]));
}
