namespace ITwinOrleans.Grains.Clustering;

/// <summary>Which cluster a process belongs to, and where it is in it: the section <c>Cluster</c> of the configuration.</summary>
public sealed class ClusterSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Cluster";

    /// <summary>What keeps the list of silos: <c>Local</c> (one silo, in the Api's process, no external service) or the name of an <see cref="IClusterProvider"/>.</summary>
    public string Mode { get; set; } = LocalClusterProvider.Name;

    /// <summary>Whether there is one silo only, in the Api's process.</summary>
    public bool IsLocal => Mode.Equals(LocalClusterProvider.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The cluster's id. Silos of different ids never meet, also in one database.</summary>
    public string ClusterId { get; set; } = "itwin";

    /// <summary>The service's id: stays the same when the cluster's changes.</summary>
    public string ServiceId { get; set; } = "itwin-orleans";

    /// <summary>How the mode's service is reached, for example <c>Host=127.0.0.1;Username=itwin;Database=itwin</c>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Whether an Api hosts a silo in its own process, also in a cluster. In mode <c>Local</c> it always does.</summary>
    public bool HostSilo { get; set; }

    /// <summary>The silo's name in logs and on the cluster's page, for example the pod's. Default: the host's name and the silo's port.</summary>
    public string SiloName { get; set; } = "";

    /// <summary>The IP address under which other silos and Apis reach this silo, for example the pod's.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The IP address on which the silo listens; empty: the same.</summary>
    public string ListenAddress { get; set; } = "";

    /// <summary>The silo's port for other silos; 0 takes a free one.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>The silo's port for Apis; 0 takes a free one.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>
    /// Lets a silo listen on another address than loopback. Whoever reaches a silo's port or its gateway may call any grain, so the network has to keep
    /// everybody but silos and Apis away from both.
    /// </summary>
    public bool AllowNetwork { get; set; }

    /// <summary>
    /// A file that a silo touches every second while it is a member of the cluster and its workers can be used, and removes when it goes down: what an
    /// orchestrator looks at, since a silo speaks no HTTP. Empty: none.
    /// </summary>
    public string AliveFile { get; set; } = "";

    /// <summary>How long a process that starts waits for the mode's service (the database).</summary>
    public TimeSpan StartPatience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often an Api looks which silos there are. A silo that came is used, and one that hangs is given up, so much later.</summary>
    public TimeSpan GatewayRefresh { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// For how long an Api repeats a call whose silo is lost, moving, or not there yet, before it tells the frontend to ask again (202), or, where the call may
    /// not be repeated, that its outcome is not known. Less than what proxies in front of the Api allow a request.
    /// </summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>When a silo counts as dead.</summary>
    public MembershipSettings Membership { get; set; } = new();
}
