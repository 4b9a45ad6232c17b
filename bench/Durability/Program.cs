using ITwinOrleans.Durability.Bench;

// dotnet run -c Release --project bench/Durability -- sizes IMODEL [COMMITS] [ELEMENTS]
switch (args)
{
    case ["sizes", var iModel, .. var rest]:
        await SizesBench.RunAsync(iModel, rest is [var c, ..] ? int.Parse(c) : 200, rest is [_, var e] ? int.Parse(e) : 1);
        return 0;
    default:
        Console.Error.WriteLine("Usage: ITwinOrleans.Durability.Bench sizes IMODEL [COMMITS] [ELEMENTS]");
        return 2;
}
