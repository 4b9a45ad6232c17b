using ITwinOrleans.Native.IModels;

namespace ITwinOrleans.Backend.Tests.Live;

/// <summary>All rows of an iModel's file that mean something: without time stamps, geometry GUIDs, local values, transactions and our own tables.</summary>
internal static class FileContent
{
    private const string Tables = """
        SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE 'itwinlive\_%' ESCAPE '\' AND name NOT LIKE 'dgn\_fts%' ESCAPE '\'
        AND name NOT LIKE 'dgn\_SpatialIndex\_%' ESCAPE '\' AND name NOT IN ('be_Local','dgn_Txns','dgn_Rebase') ORDER BY name
        """;

    /// <summary>The rows, table by table, in the order of their keys.</summary>
    public static Dictionary<string, List<string>> Read(DgnDb native) => LiveBench.Rows(native, Tables).ToDictionary(static table => table, table => ReadTable(native, table));

    public static async Task<Dictionary<string, List<string>>> ReadAsync(LiveBench bench) => await bench.IModel.RunAsync(Read);

    public static void AssertEqual(Dictionary<string, List<string>> expected, Dictionary<string, List<string>> actual, string when)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach ((string table, List<string> rows) in expected)
        {
            List<string> missing = [.. rows.Except(actual[table])], added = [.. actual[table].Except(rows)];
            Assert.True(missing.Count == 0 && added.Count == 0, $"{when}: {table} lacks {string.Join(" ; ", missing.Take(5))} and has {string.Join(" ; ", added.Take(5))}");
        }
    }

    private static List<string> ReadTable(DgnDb native, string table)
    {
        // The first "ps" column of a geometric model is its geometry GUID; the padding in a geometry stream is not initialised, so its length must do.
        IEnumerable<string> columns = LiveBench.Rows(native, $"SELECT name FROM pragma_table_info('{table}')").Where(static name => name != "LastMod").Select(name => (table, name) switch
        {
            ("bis_Model", "ps1") => "typeof(ps1)",
            (_, "GeometryStream") => "length(GeometryStream)",
            _ => $"quote([{name}])",
        });
        return LiveBench.Rows(native, $"SELECT {string.Join(',', columns)} FROM [{table}] ORDER BY 1");
    }
}
