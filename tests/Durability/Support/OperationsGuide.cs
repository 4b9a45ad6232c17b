using System.Text.RegularExpressions;
using Npgsql;

namespace ITwinOrleans.Durability.Tests.Support;

/// <summary>What <c>docs/operations.md</c> tells operators to run.</summary>
internal static partial class OperationsGuide
{
    /// <summary>Runs the one block of SQL that contains a text.</summary>
    public static async Task RunAsync(string database, string containing)
    {
        DirectoryInfo root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(root.FullName, "ITwinOrleans.sln")))
            root = root.Parent!;
        string guide = await File.ReadAllTextAsync(Path.Join(root.FullName, "docs", "operations.md"));
        string statements = Assert.Single(Blocks().Matches(guide).Select(match => match.Groups[1].Value), block => block.Contains(containing, StringComparison.Ordinal));
        await using var source = NpgsqlDataSource.Create(database);
        await using NpgsqlCommand command = source.CreateCommand(statements);
        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
