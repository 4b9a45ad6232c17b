namespace ITwinOrleans.Grains.Distribution;

/// <summary>The name by which Apis know a silo: what Orleans' list of gateways calls it.</summary>
internal static class GatewayName
{
    /// <summary>The name of this silo.</summary>
    public static string Of(ILocalSiloDetails silo) => silo.GatewayAddress?.ToGatewayUri().ToString() ?? "";
}
