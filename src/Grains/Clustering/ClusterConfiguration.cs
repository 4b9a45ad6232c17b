using System.Net;
using ITwinOrleans.Grains.Hosting;
using ITwinOrleans.Grains.Owners;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace ITwinOrleans.Grains.Clustering;

/// <summary>How silos and Apis of a cluster are set up, whatever keeps the list of silos.</summary>
internal static class ClusterConfiguration
{
    /// <summary>A silo of a cluster: its addresses, and when it and the others count as dead.</summary>
    public static ISiloBuilder UseCluster(this ISiloBuilder silo, ClusterSettings settings, IClusterProvider provider)
    {
        if (settings.IsLocal)
        {
            provider.ConfigureSilo(silo, settings);
            return silo;
        }

        var address = IPAddress.Parse(settings.Address);
        var listen = settings.ListenAddress.Length == 0 ? address : IPAddress.Parse(settings.ListenAddress);
        var (siloPort, gatewayPort) = (FreePort.Resolve(settings.SiloPort), FreePort.Resolve(settings.GatewayPort));
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (settings.ClusterId, settings.ServiceId));
        silo.Configure<SiloOptions>(options => options.SiloName = settings.SiloName.Length > 0 ? settings.SiloName : $"{Environment.MachineName}-{siloPort}");
        silo.Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = address;
            endpoint.SiloPort = siloPort;
            endpoint.GatewayPort = gatewayPort;
            endpoint.SiloListeningEndpoint = new IPEndPoint(listen, siloPort);
            endpoint.GatewayListeningEndpoint = new IPEndPoint(listen, gatewayPort);
        });
        silo.Configure<ClusterMembershipOptions>(membership => Apply(settings.Membership, membership));
        provider.ConfigureSilo(silo, settings);
        return silo.UseSurvivingDirectory();
    }

    /// <summary>An Api of a cluster: no silo, only calls.</summary>
    public static IClientBuilder UseCluster(this IClientBuilder client, ClusterSettings settings, IClusterProvider provider)
    {
        client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (settings.ClusterId, settings.ServiceId));
        client.Configure<GatewayOptions>(gateway => gateway.GatewayListRefreshPeriod = settings.GatewayRefresh);
        client.Services.AddOptions<ClientMessagingOptions>().Configure<IOptions<OwnerOptions>>((messaging, owner) =>
        {
            // As in the silo: the owner bounds every call, and a caller that cancels still gets what comes.
            messaging.ResponseTimeout += owner.Value.CallTimeout;
            messaging.WaitForCancellationAcknowledgement = true;
        });
        client.Services.CarryExceptions();

        // An Api may be there before the first silo, and stays when the last one goes.
        client.UseConnectionRetryFilter(async (_, cancellationToken) =>
        {
            await Task.Delay(settings.GatewayRefresh, cancellationToken).ConfigureAwait(false);
            return true;
        });
        provider.ConfigureClient(client, settings);
        return client;
    }

    /// <summary>
    /// The directory that says which silo has which grain, so that losing one silo leaves the grains of the others alone (the default one takes about half of them
    /// down). It holds back the grains of a silo that died until a lease ends, in case it lives on; here storage fences stale owners, so the lease is 0.
    /// </summary>
    private static ISiloBuilder UseSurvivingDirectory(this ISiloBuilder silo)
    {
        silo.Configure<GrainDirectoryOptions>(directory => directory.RangeLeaseDuration = TimeSpan.Zero);
#pragma warning disable ORLEANSEXP003 // Experimental in name: measured to survive what the default one does not.
        return silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
    }

    private static void Apply(MembershipSettings settings, ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = settings.ProbeTimeout;

        // Orleans would go down to half of it where the others answer quickly: too little for a pause of the runtime.
        membership.MinProbeTimeout = settings.ProbeTimeout;

        // Up to so much where they answer slowly. A vote also waits for this times MissedProbes after the last message of any kind came from the silo.
        membership.MaxProbeTimeout = settings.ProbeTimeout * 2;

        // Before the last miss counts, Orleans has another silo ask. That one's answer comes later than it is waited for at these times, and then nothing counts:
        // measured with three silos, one of them stopped, it was never declared dead. A second opinion is what Votes is for.
        membership.EnableIndirectProbes = false;
        membership.NumMissedProbesLimit = settings.MissedProbes;
        membership.NumVotesForDeathDeclaration = settings.Votes;
        membership.TableRefreshTimeout = settings.TableRefresh;
        membership.IAmAliveTablePublishTimeout = settings.IAmAlive;
        membership.DefunctSiloExpiration = settings.DeadSiloAge;
        membership.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
    }
}
