namespace ITwinOrleans.Grains.Clustering;

/// <summary>When a silo counts as dead: the section <c>Cluster:Membership</c>.</summary>
/// <remarks>
/// <para>The defaults find a killed silo within about a second and a hung one within about three, where those of Orleans take 11 and 64. The price: a silo that
/// stands still for longer than <see cref="ProbeTimeout"/> times <see cref="MissedProbes"/> (a starved virtual machine, swapping, a suspended laptop) is declared
/// dead although it lives; it then ends itself and its iModels open elsewhere. Viewers ride over that; it is no loss of data, since storage decides who owns.</para>
/// <para>On busy or shared machines take <c>ProbeTimeout</c> 00:00:02 and <c>MissedProbes</c> 3, and with five silos or more <c>Votes</c> 2, so that one silo with a
/// broken network cannot declare others dead.</para>
/// </remarks>
public sealed class MembershipSettings
{
    /// <summary>How often a silo's neighbours ask it for a sign of life, and how long they wait for it.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many signs in a row may be missing before a neighbour votes that the silo is dead.</summary>
    public int MissedProbes { get; set; } = 2;

    /// <summary>How many votes declare a silo dead.</summary>
    public int Votes { get; set; } = 1;

    /// <summary>How often each silo reads the whole list, beside being told of changes.</summary>
    public TimeSpan TableRefresh { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often each silo writes that it lives: after three times this, one that starts takes no notice of it.</summary>
    public TimeSpan IAmAlive { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long the record of a dead silo is removed.</summary>
    public TimeSpan DeadSiloAge { get; set; } = TimeSpan.FromDays(1);
}
