using System.Diagnostics.CodeAnalysis;

namespace ITwinOrleans.Serve.Bench;

/// <summary>How much is measured.</summary>
internal sealed record BenchOptions
{
    private static readonly string[] AllPhases = ["rates", "tiles", "head", "memory", "cluster"];

    /// <summary>Interleaved rounds; medians of them are reported.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>How long one figure of one round is measured.</summary>
    public TimeSpan Cell { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>What runs before each figure and is thrown away.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(0.1);

    /// <summary>The most tiles of one cold run.</summary>
    public int Tiles { get; init; } = 160;

    /// <summary>After how long the head-of-line and memory phases, whose rounds are long, start no further one.</summary>
    public TimeSpan PhaseLimit { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How many iModels are open in the memory phase, step by step.</summary>
    public IReadOnlyList<int> Open { get; init; } = [1, 10, 50];

    /// <summary>What is measured.</summary>
    public IReadOnlyList<string> Phases { get; init; } = AllPhases;

    public static bool TryParse(string[] args, [NotNullWhen(true)] out BenchOptions? options)
    {
        options = args.Contains("--quick")
            ? new BenchOptions { Rounds = 1, Cell = TimeSpan.FromSeconds(0.25), WarmUp = TimeSpan.FromSeconds(0.05), Tiles = 60, Open = [1, 10] }
            : new BenchOptions();
        string[] rest = [.. args.Where(arg => arg != "--quick")];
        if (rest is ["--only", var names])
        {
            options = options with { Phases = names.Split(',') };
            rest = [];
        }

        return rest.Length == 0 && options.Phases.All(AllPhases.Contains);
    }
}
