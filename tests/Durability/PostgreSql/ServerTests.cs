using ITwinOrleans.Tests.Support;
using Npgsql;

namespace ITwinOrleans.Durability.Tests.PostgreSql;

public sealed class ServerTests
{
    [Fact]
    public async Task Server_keeps_its_data_over_a_crash_and_runs_on_loopback()
    {
        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync("max_connections=20");
        var database = await server.CreateDatabaseAsync();
        await ExecuteAsync("create table t (n int); insert into t values (42)");
        await server.StopAsync();
        await server.RestartAsync();
        await server.SetPausedAsync(true);
        await server.SetPausedAsync(false);
        Assert.Equal(42, await ExecuteAsync("select n from t"));
        Assert.Equal("127.0.0.1", await ExecuteAsync("show listen_addresses"));

        async Task<object?> ExecuteAsync(string sql)
        {
            await using var source = NpgsqlDataSource.Create(database);
            await using NpgsqlCommand command = source.CreateCommand(sql);
            return await command.ExecuteScalarAsync();
        }
    }
}
