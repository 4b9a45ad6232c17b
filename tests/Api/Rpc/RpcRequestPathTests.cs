using ITwinOrleans.Api.Rpc;

namespace ITwinOrleans.Api.Tests.Rpc;

public sealed class RpcRequestPathTests
{
    [Theory]
    [InlineData("/p/t/v/mode/1/context/T/imodel/M/changeset/C/I-1.2.3-o", "T", "M", "C")]
    [InlineData("/t/v/mode/1/context//imodel/undefined/changeset/0/I-1.2.3-o", "", "undefined", "")]
    [InlineData("/t/v/mode/1/context/a%20b/imodel/c%2Fd/changeset/0/I-1.2.3-o", "a b", "c/d", "")]
    [InlineData("/t/v/mode/1/context/T/imodel/M/I-1.2.3-o", "T", "M", "")]
    [InlineData("/I-1.2.3-o", "", "", "")]
    [InlineData("/mode/context/x/imodel/M//I-1.2.3-o///", "", "M", "")]
    [InlineData("http://proxy:80/t/v/mode/1/context/T/imodel/M/changeset/C/I-1.2.3-o?x=/imodel/Z", "T", "M", "C")]
    public void TryParse_path_findsIdsAndOperation(string target, string iTwinId, string iModelId, string changesetId)
    {
        Assert.True(RpcRequestPath.TryParse(target, out RpcRequestPath? path, out _));
        Assert.Equal(("I", "1.2.3", "o"), (path.Interface, path.Version, path.Operation));
        Assert.Equal((iTwinId, iModelId, changesetId), (path.Target.ITwinId, path.Target.IModelId, path.Target.ChangesetId));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("///")]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("/I-1-o?parameters=%00")]
    [InlineData("/I-1-o?parameters=a b")]
    [InlineData("/I-1-o?x=y&parameters=%E2%82%AC")]
    public void TryParse_notOfAnOperation_saysWhy(string target)
    {
        bool parsed = RpcRequestPath.TryParse(target, out RpcRequestPath? path, out string? problem);

        // The asterisk is a name of no interface, which the catalogue refuses.
        Assert.True(parsed ? path!.Interface == "*" : problem!.Length > 0);
    }

    [Theory]
    [InlineData("/x/imodel/y", true)]
    [InlineData("/imodel", false)]
    [InlineData("/x?y=/imodel/z", false)]
    [InlineData("/IMODEL/z", false)]
    public void NamesAnIModel_path_looksAtThePathOnly(string target, bool expected) => Assert.Equal(expected, RpcRequestPath.NamesAnIModel(target));
}
