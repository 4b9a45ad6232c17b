namespace ITwinOrleans.Grains.Placement;

/// <summary>The keys of grains that are <see cref="OnSiloAttribute"/>: a silo's address (<c>SiloAddress.ToParsableString</c>), alone or with a space and more.</summary>
internal static class OnSiloKey
{
    /// <summary>Makes a key of a silo and more.</summary>
    public static string Of(string silo, string rest) => $"{silo} {rest}";

    /// <summary>The silo that a key names.</summary>
    public static SiloAddress SiloOf(string key) => SiloAddress.FromParsableString(key.IndexOf(' ') is var end and >= 0 ? key[..end] : key);

    /// <summary>What follows the silo in a key.</summary>
    public static string RestOf(string key) => key[(key.IndexOf(' ') + 1)..];
}
