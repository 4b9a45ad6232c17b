using ITwinOrleans.Native;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;

namespace ITwinOrleans.Worker.Tests.Live;

/// <summary>What a live iModel's file has, read without a worker.</summary>
/// <param name="Commits">Sequence, operation id and edit of each commit, in order.</param>
/// <param name="Elements">How many elements have which label.</param>
/// <param name="Problems">What the integrity checks found.</param>
internal sealed record LiveContent(List<(long Sequence, string OperationId, long Root)> Commits, Dictionary<string, int> Elements, List<string> Problems)
{
    public static Task<LiveContent> ReadAsync(NativeEngine engine, string path) => engine.RunAsync(platform =>
    {
        using DgnDb native = DgnDb.Open(platform, path, OpenMode.ReadWrite);
        return new LiveContent(
            [.. Rows(native, "SELECT Sequence,OperationId,Root FROM itwinlive_Commit ORDER BY Sequence").Select(static row => (Number(row[0]), row[1], Number(row[2])))],
            Rows(native, "SELECT UserLabel,count(*) FROM bis_Element WHERE UserLabel LIKE 'op-%' GROUP BY UserLabel").ToDictionary(static row => row[0], static row => (int)Number(row[1])),
            [.. Rows(native, "PRAGMA integrity_check").Select(static row => row[0]).Where(static text => text != "ok"), .. Rows(native, "PRAGMA foreign_key_check").Select(static row => row[0]),
                .. Unsound(native)]);
    });

    private static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static List<string> Unsound(DgnDb native)
    {
        var problems = new List<string>();
        using var check = new ECSqlStatement(native, "PRAGMA integrity_check ECSQLOPTIONS ENABLE_EXPERIMENTAL_FEATURES");
        while (check.Step())
        {
            if (!check.GetValue(2).GetBoolean())
                problems.Add(check.GetValue(1).GetString());
        }

        return problems;
    }

    private static List<string[]> Rows(DgnDb native, string sql)
    {
        var rows = new List<string[]>();
        using var statement = new SqliteStatement(native, sql);
        while (statement.Step())
            rows.Add([.. Enumerable.Range(0, statement.ColumnCount).Select(column => statement.GetString(column) ?? "")]);
        return rows;
    }
}
