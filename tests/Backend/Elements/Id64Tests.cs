using ITwinOrleans.Backend.Elements;

namespace ITwinOrleans.Backend.Tests.Elements;

public sealed class Id64Tests
{
    [Theory]
    [InlineData("0", true)]
    [InlineData("0x1", true)]
    [InlineData("0x123456789a", true)]
    [InlineData("0x10000000001", true)]
    [InlineData("0xffffff0000000001", true)]
    [InlineData("", false)]
    [InlineData("0x", false)]
    [InlineData("0x0", false)]
    [InlineData("0x01", false)]
    [InlineData("0xA", false)]
    [InlineData("0X1", false)]
    [InlineData("1", false)]
    [InlineData("0x1g", false)]
    [InlineData("0x10000000000", false)]
    [InlineData("0x12345678901234567", false)]
    public void IsWellFormed_is_as_in_iTwinJs(string text, bool expected) => Assert.Equal(expected, Id64.IsWellFormed(text));

    [Theory]
    [InlineData(0UL, "0")]
    [InlineData(1UL, "0x1")]
    [InlineData(0x13adUL, "0x13ad")]
    [InlineData(0x10000000000UL, "0")]
    [InlineData(0x10000000001UL, "0x10000000001")]
    public void FromNumber_gives_the_id(ulong number, string id) => Assert.Equal(id, Id64.FromNumber(number));
}
