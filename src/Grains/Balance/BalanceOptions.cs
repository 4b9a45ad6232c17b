namespace ITwinOrleans.Grains.Balance;

/// <summary>Settings of how iModels spread over the silos of a cluster: the section <c>Balance</c>.</summary>
public sealed class BalanceOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Balance";

    /// <summary>How often a silo tells the others its load.</summary>
    public TimeSpan LoadInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After how long a load counts as out of date, and its silo as one that hangs. Longer than <see cref="LoadInterval"/>.</summary>
    public TimeSpan LoadAge { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether open iModels move to silos that have fewer, for example because they just joined.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How often one iModel may move.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many more open iModels than the least one a silo may have before moving starts. It goes on until they differ by one at most.</summary>
    public int Threshold { get; set; } = 3;

    /// <summary>For how long an iModel that moved stays where it is.</summary>
    public TimeSpan Rest { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a silo that is told to end hands its iModels over before it closes what is left. Less than its host gives it to end.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(15);
}
