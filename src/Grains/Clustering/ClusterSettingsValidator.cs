using System.Net;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Clustering;

/// <summary>Refuses settings of the cluster that cannot work, or would open it to everybody, naming each.</summary>
internal sealed class ClusterSettingsValidator : IValidateOptions<ClusterSettings>
{
    public ValidateOptionsResult Validate(string? name, ClusterSettings options)
    {
        var faults = new ValidateOptionsResultBuilder();
        void Require(bool holds, string setting, string rule)
        {
            if (!holds)
                faults.AddError(rule, $"{ClusterSettings.Section}:{setting}");
        }

        Require(options.ClusterId.Length is > 0 and <= 150, nameof(options.ClusterId), "must have 1 to 150 characters.");
        Require(options.ServiceId.Length > 0, nameof(options.ServiceId), "is empty.");
        Require(options.SiloPort is >= 0 and <= 65535, nameof(options.SiloPort), "is no port.");
        Require(options.GatewayPort is >= 0 and <= 65535, nameof(options.GatewayPort), "is no port.");
        Require(options.SiloPort != options.GatewayPort || options.SiloPort == 0, nameof(options.GatewayPort), "is the silo's port; it needs one of its own.");
        foreach (var (setting, address) in new[] { (nameof(options.Address), options.Address), (nameof(options.ListenAddress), options.ListenAddress) })
        {
            var isEmpty = address.Length == 0 && setting == nameof(options.ListenAddress);
            var isAddress = IPAddress.TryParse(address, out var ip);
            Require(isEmpty || isAddress, setting, $"\"{address}\" is no IP address.");
            Require(
                !isAddress || IPAddress.IsLoopback(ip!) || options.AllowNetwork, setting,
                $"{address} lets everybody who reaches it call any grain. Keep all but silos and Apis away from the silo's ports by other means, then set Cluster:AllowNetwork to true.");
        }

        foreach (var (setting, time) in new[]
        {
            (nameof(options.StartPatience), options.StartPatience), (nameof(options.GatewayRefresh), options.GatewayRefresh), (nameof(options.Patience), options.Patience),
        })
            Require(time > TimeSpan.Zero && time <= TimeSpan.FromHours(1), setting, "must be more than 0 and at most an hour.");
        ValidateMembership(options.Membership, Require);
        return faults.Build();
    }

    private static void ValidateMembership(MembershipSettings membership, Action<bool, string, string> require)
    {
        static string Of(string setting) => $"Membership:{setting}";
        require(
            membership.ProbeTimeout >= TimeSpan.FromMilliseconds(100) && membership.ProbeTimeout <= TimeSpan.FromMinutes(1),
            Of(nameof(membership.ProbeTimeout)), "must be between 0.1 s and a minute.");
        require(membership.MissedProbes is > 0 and <= 20, Of(nameof(membership.MissedProbes)), "must be between 1 and 20.");
        require(membership.Votes is > 0 and <= 3, Of(nameof(membership.Votes)), "must be between 1 and 3, the number of silos that watch one.");
        require(
            membership.TableRefresh >= TimeSpan.FromMilliseconds(500) && membership.TableRefresh <= TimeSpan.FromMinutes(10),
            Of(nameof(membership.TableRefresh)), "must be between 0.5 s and 10 minutes.");
        require(membership.IAmAlive >= TimeSpan.FromSeconds(1) && membership.IAmAlive <= TimeSpan.FromMinutes(10), Of(nameof(membership.IAmAlive)), "must be between a second and 10 minutes.");
        require(membership.DeadSiloAge >= TimeSpan.FromMinutes(10), Of(nameof(membership.DeadSiloAge)), "must be at least 10 minutes.");
    }
}
