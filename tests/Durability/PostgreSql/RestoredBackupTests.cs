using System.Diagnostics;
using System.Globalization;
using ITwinOrleans.Durability.Tests.Support;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Tests.Support;
using Npgsql;

namespace ITwinOrleans.Durability.Tests.PostgreSql;

/// <summary>A backup as <c>docs/operations.md</c> has it made and restored: first the database, then the files; and epochs that go on from where they had been.</summary>
[Collection(RealStoresCollection.Name)]
public sealed class RestoredBackupTests(RealStores stores) : IAsyncLifetime
{
    private const string Key = "edit.bim";

    private readonly TestFolder _folder = new();
    private string _database = null!, _catalogPath = null!;
    private TestSilo _a = null!, _b = null!;

    private string Dump => _folder["dump"];

    public async Task InitializeAsync()
    {
        _database = await stores.Server.CreateDatabaseAsync();
        (_a, _b) = (TestSilo.Create("a", _folder, _database), TestSilo.Create("b", _folder, _database));
        _catalogPath = _folder.CopyOf("edit.bim", "data/edit.bim");
    }

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Silo_that_hung_when_the_backup_was_restored_writes_nothing_into_the_restored_history()
    {
        await using (OwnedIModel first = await OwnedIModel.OpenAsync(_a, stores.Engine, Key, _catalogPath))
            await first.CommitAsync(1, "in the backup");
        await RunAsync("pg_dump", "--format=custom", "--file=" + Dump);
        await using OwnedIModel hung = await OwnedIModel.OpenAsync(_b, stores.Engine, Key, _catalogPath);
        await hung.CommitAsync(2, "after the backup");

        await RestoreAsync();

        await using OwnedIModel restored = await OwnedIModel.OpenAsync(_a, stores.Engine, Key, _catalogPath);
        Assert.Equal("in the backup", (await restored.Live.LabelsAsync())[^1]);
        await restored.CommitAsync(2, "after the restore");

        await hung.Live.CommitAsync("of the silo that hung");
        await Assert.ThrowsAsync<StaleEpochException>(() => hung.Journal.AppendAsync(OwnedIModel.Record(3), default));

        await restored.CommitAsync(3, "and on");
        await restored.AbandonAsync();
        await using OwnedIModel next = await OwnedIModel.OpenAsync(_a, stores.Engine, Key, _catalogPath);
        Assert.Equal(["in the backup", "after the restore", "and on"], (await next.Live.LabelsAsync())[^3..]);
    }

    // Into an empty database of the same name, so that whoever comes back finds it.
    private async Task RestoreAsync()
    {
        await using (var source = NpgsqlDataSource.Create(stores.Server.ConnectionString()))
        {
            string name = new NpgsqlConnectionStringBuilder(_database).Database!;
            await using NpgsqlCommand drop = source.CreateCommand($"drop database {name} with (force)");
            await drop.ExecuteNonQueryAsync();
            await using NpgsqlCommand create = source.CreateCommand($"create database {name}");
            await create.ExecuteNonQueryAsync();
        }

        await RunAsync("pg_restore", Dump);
        await OperationsGuide.RunAsync(_database, "1000000");
    }

    private Task RunAsync(string program, params IEnumerable<string> arguments)
    {
        var to = new NpgsqlConnectionStringBuilder(_database);
        var start = new ProcessStartInfo(PostgreSqlPrograms.PathOf(program),
            ["--host=127.0.0.1", "--port=" + to.Port.ToString(CultureInfo.InvariantCulture), "--username=" + to.Username, "--dbname=" + to.Database, .. arguments]);
        start.Environment["PGPASSWORD"] = to.Password;
        return PostgreSqlPrograms.RunAsync(start);
    }
}
