namespace ITwinOrleans.Grains.Balance;

/// <summary>A silo that may own an iModel, and what is known of it.</summary>
/// <param name="Silo">The silo's address.</param>
/// <param name="Load">What it last said; null when it said nothing yet: it just joined.</param>
/// <param name="IsFresh">Whether it said so lately. One that stopped saying so hangs, or is cut off.</param>
/// <param name="Coming">How many iModels were put there since.</param>
public sealed record SiloCandidate(string Silo, SiloLoad? Load, bool IsFresh, int Coming);
