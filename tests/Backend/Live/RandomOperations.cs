namespace ITwinOrleans.Backend.Tests.Live;

/// <summary>Random operations of every kind on what a live iModel has at the moment; the same for the same seed.</summary>
internal sealed class RandomOperations(LiveBench bench, int seed)
{
    private readonly Random _random = new(seed);
    private int _names;

    /// <summary>A transaction's operations; some may be refused by the iModel.</summary>
    public async Task<string> NextAsync()
    {
        var operations = new List<string>();
        for (int i = _random.Next(1, 6); i > 0; i--)
            operations.Add(await OneAsync());
        return Ops.Join(operations);
    }

    private async Task<string> OneAsync() => _random.Next(14) switch
    {
        0 => Ops.Insert($"i{_random.Next()}", x: _random.Next(50)),
        1 => Ops.Insert($"c{_random.Next()}", x: _random.Next(50), parent: await AnyAsync("SELECT Id FROM bis_Element WHERE ModelId=0x1e AND ParentId IS NULL")),
        2 => Ops.Rename(await AnyElementAsync(), $"r{_random.Next()}"),
        3 => Ops.Move(await AnyElementAsync(), _random.Next(50)),
        4 => Ops.Delete(await AnyElementAsync()),
        5 => Ops.Aspect(await AnyElementAsync(), $"a{_random.Next()}"),
        6 => $$"""[{"action":"delete","entity":"aspect","id":"{{await AnyAsync("SELECT Id FROM bis_ElementMultiAspect")}}"}]""",
        7 => $$"""[{"action":"update","entity":"aspect","props":{"id":"{{await AnyAsync("SELECT Id FROM bis_ElementMultiAspect")}}","classFullName":"BisCore:ExternalSourceAspect","identifier":"u{{_random.Next()}}"} }]""",
        8 => Ops.Refer(await AnyElementAsync(), await AnyElementAsync()),
        9 => $$"""[{"action":"delete","entity":"relationship","props":{"classFullName":"BisCore:ElementGroupsMembers","id":"{{await AnyAsync("SELECT r.Id FROM bis_ElementRefersToElements r JOIN ec_Class c ON c.Id=r.ECClassId WHERE c.Name='ElementGroupsMembers'")}}"} }]""",
        10 => InsertModel(),
        11 => $$"""[{"action":"update","entity":"model","props":{"id":"{{await AnyModelAsync()}}","classFullName":"BisCore:PhysicalModel","isPrivate":{{(_random.Next(2) == 0 ? "true" : "false")}},"jsonProperties":{"n":{{_random.Next()}}} } }]""",
        12 => $$"""[{"action":"delete","entity":"model","id":"{{await AnyModelAsync()}}"}]""",
        _ => Reshape(await AnyElementAsync()),
    };

    private string InsertModel()
    {
        string name = $"m{++_names}", code = $"model {_random.Next()}";
        return $$$"""
            [{"action":"insert","entity":"element","name":"{{{name}}}","props":{"classFullName":"BisCore:PhysicalPartition","model":"0x1","parent":{"id":"0x1","relClassName":"BisCore:SubjectOwnsPartitionElements"},
            "code":{"spec":"0x1","scope":"0x1","value":""},"userLabel":"{{{code}}}"}},
            {"action":"insert","entity":"model","props":{"classFullName":"BisCore:PhysicalModel","modeledElement":{"id":"@{{{name}}}","relClassName":"BisCore:ModelModelsElement"} } },
            {"action":"insert","entity":"element","props":{"classFullName":"Generic:PhysicalObject","model":"@{{{name}}}","category":"0x17","code":{"spec":"0x1","scope":"0x1","value":""},"userLabel":"in {{{code}}}",
            "placement":{"origin":[1,2,3],"angles":{}},"geom":[{"header":{"flags":0}},{"sphere":{"center":[0,0,0],"radius":1}}]}}]
            """;
    }

    private string Reshape(string id) => $$"""
        [{"action":"update","entity":"element","props":{"id":"{{id}}","geom":[{"header":{"flags":0} },{"sphere":{"center":[0,0,0],"radius":{{_random.Next(1, 5)}} } }]} }]
        """;

    private Task<string> AnyElementAsync() => AnyAsync("SELECT e.Id FROM bis_Element e JOIN bis_GeometricElement3d g ON g.ElementId=e.Id");

    private Task<string> AnyModelAsync() => AnyAsync("SELECT m.Id FROM bis_Model m JOIN ec_Class c ON c.Id=m.ECClassId WHERE c.Name='PhysicalModel' AND m.Id<>0x1e");

    private async Task<string> AnyAsync(string sql)
    {
        List<string> rows = await bench.RowsAsync($"{sql} ORDER BY 1");
        return rows.Count == 0 ? "0x1" : $"0x{long.Parse(rows[_random.Next(rows.Count)], System.Globalization.CultureInfo.InvariantCulture):x}";
    }
}
