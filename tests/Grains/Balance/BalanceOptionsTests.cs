using ITwinOrleans.Grains.Balance;

namespace ITwinOrleans.Grains.Tests.Balance;

public sealed class BalanceOptionsTests
{
    [Fact]
    public void Defaults_are_valid() => Assert.True(new BalanceOptionsValidator().Validate(null, new BalanceOptions()).Succeeded);

    [Theory]
    [InlineData("Balance:Threshold")]
    [InlineData("Balance:Interval")]
    [InlineData("Balance:LoadAge")]
    [InlineData("Balance:Rest")]
    [InlineData("Balance:DrainTime")]
    public void Wrong_setting_is_named(string setting)
    {
        var options = new BalanceOptions();
        switch (setting)
        {
            case "Balance:Threshold": options.Threshold = 1; break;
            case "Balance:Interval": options.Interval = TimeSpan.Zero; break;
            case "Balance:LoadAge": options.LoadAge = options.LoadInterval; break;
            case "Balance:DrainTime": options.DrainTime = TimeSpan.Zero; break;
            default: options.Rest = TimeSpan.FromSeconds(-1); break;
        }

        Assert.Contains(setting, new BalanceOptionsValidator().Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }
}
