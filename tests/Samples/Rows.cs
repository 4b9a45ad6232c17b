using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Samples.Tests;

/// <summary>Short ways to query.</summary>
internal static class Rows
{
    /// <summary>The rows of an ECSQL query, each as JSON text.</summary>
    public static List<string> Query(this DgnDb db, string ecsql)
    {
        using var statement = new ECSqlStatement(db, ecsql);
        var rows = new List<string>();
        while (statement.Step())
        {
            using NativeResult row = statement.ToRow("{}");
            rows.Add(row.GetText());
        }

        return rows;
    }

    /// <summary>The first column, as text.</summary>
    public static List<string> QueryText(this DgnDb db, string ecsql)
    {
        using var statement = new ECSqlStatement(db, ecsql);
        var values = new List<string>();
        while (statement.Step())
            values.Add(statement.GetValue(0).GetString());
        return values;
    }

    /// <summary>The first column, as ids.</summary>
    public static List<string> QueryIds(this DgnDb db, string ecsql)
    {
        using var statement = new ECSqlStatement(db, ecsql);
        var values = new List<string>();
        while (statement.Step())
            values.Add(statement.GetValue(0).GetId()!);
        return values;
    }

    /// <summary>A number.</summary>
    public static int QueryCount(this DgnDb db, string ecsql) =>
        int.Parse(Assert.Single(db.QueryText(ecsql)), System.Globalization.CultureInfo.InvariantCulture);
}
