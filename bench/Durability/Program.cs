using System.Globalization;
using ITwinOrleans.Durability.Bench;

// dotnet run -c Release --project bench/Durability -- sizes IMODEL [COMMITS] [ELEMENTS]
// dotnet run -c Release --project bench/Durability -- commits IMODEL [COMMITS]
// dotnet run -c Release --project bench/Durability -- moves IMODEL [MEGABYTES...]      docs/benchmarks.md has more
switch (args)
{
    case ["sizes", var iModel, .. var rest]:
        await SizesBench.RunAsync(iModel, rest is [var c, ..] ? Number(c) : 200, rest is [_, var e] ? Number(e) : 1);
        return 0;
    case ["commits", var iModel, .. var rest]:
        await CommitsBench.RunAsync(iModel, rest is [var count] ? Number(count) : 500);
        return 0;
    case ["moves", var iModel, .. var rest]:
        await MovesBench.RunAsync(iModel, rest.Length > 0 ? [.. rest.Select(Number)] : [1, 10, 100, 1000]);
        return 0;
    default:
        Console.Error.WriteLine("Usage: ITwinOrleans.Durability.Bench sizes IMODEL [COMMITS] [ELEMENTS] | commits IMODEL [COMMITS] | moves IMODEL [MEGABYTES...]");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
