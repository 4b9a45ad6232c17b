namespace ITwinOrleans.Grains.Hosting;

/// <summary>Settings of the one silo of a single process.</summary>
public sealed class LoopbackSiloOptions
{
    /// <summary>The silo's port on 127.0.0.1; 0 takes a free one.</summary>
    public int SiloPort { get; set; }

    /// <summary>
    /// The port on 127.0.0.1 for Orleans clients in other processes; 0 is none, which is the default: whoever reaches a gateway may call any grain.
    /// </summary>
    public int GatewayPort { get; set; }

    /// <summary>The cluster's id. Silos of different ids never meet.</summary>
    public string ClusterId { get; set; } = "loopback";

    /// <summary>The service's id.</summary>
    public string ServiceId { get; set; } = "itwin-orleans";
}
