using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Tests.Rpc;

public sealed class RpcInterfaceVersionTests
{
    [Theory]
    [InlineData("3.8.0", "3.8.0", true)]
    [InlineData("3.8.0", "3.7.0", true)]
    [InlineData("3.8.0", "3.8.5", true)]
    [InlineData("3.8.0", "3.9.0", false)]
    [InlineData("3.8.0", "2.8.0", false)]
    [InlineData("3.8.0", "4.0.0", false)]
    [InlineData("0.7.0", "0.6.0", false)]
    [InlineData("0.7.2", "0.7.1", true)]
    [InlineData("0.7.1", "0.7.2", false)]
    [InlineData("3.8.0-dev.1", "3.8.0-dev.1", true)]
    [InlineData("3.8.0", "3.8.0-dev.1", false)]
    [InlineData("3.8.0", "", false)]
    [InlineData("3.8.0", "3.8", false)]
    [InlineData("3.8.0", "a.b.c", false)]
    public void IsCompatible_follows_iTwinJs(string backend, string frontend, bool expected) =>
        Assert.Equal(expected, RpcInterfaceVersion.IsCompatible(backend, frontend));
}
