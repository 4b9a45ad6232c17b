using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Native.Tests.Logging;

public sealed class NativeLoggingTests(EngineFixture fixture) : EngineTests(fixture)
{
    private const int Trace = 0, Info = 1, Warning = 2, Error = 3;

    public override async Task DisposeAsync()
    {
        await SetLoggersAsync(LogLevel.None);
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("main")]
    [InlineData("worker")]
    public async Task Message_of_a_native_thread_comes_to_the_logger_of_its_category(string thread)
    {
        await SetLoggersAsync(LogLevel.Trace);
        await EmitAsync("Tests.Some", Warning, thread, 3);
        Assert.Equal(3, await CountAsync("Tests.Some", LogLevel.Warning, 3));
    }

    [Theory]
    [InlineData(Trace, LogLevel.Trace)]
    [InlineData(Info, LogLevel.Information)]
    [InlineData(Warning, LogLevel.Warning)]
    [InlineData(Error, LogLevel.Error)]
    public async Task Message_keeps_its_level(int nativeLevel, LogLevel level)
    {
        await SetLoggersAsync(LogLevel.Trace);
        await EmitAsync("Tests.Level", nativeLevel, "main", 1);
        Assert.Equal(1, await CountAsync("Tests.Level", level, 1));
    }

    [Fact]
    public async Task Levels_that_change_at_run_time_hold_from_then_on()
    {
        await SetLoggersAsync(LogLevel.Error);
        await EmitAsync("Tests.Change", Warning, "main", 1);
        Assert.DoesNotContain(Fixture.Loggers.Entries, entry => entry.Category == "Tests.Change");
        await SetLoggersAsync(LogLevel.Warning);
        await EmitAsync("Tests.Change", Warning, "main", 1);
        Assert.Equal(1, await CountAsync("Tests.Change", LogLevel.Warning, 1));
    }

    [Fact]
    public async Task SetLevels_of_a_category_holds_for_those_below_it()
    {
        await SetLoggersAsync(LogLevel.Trace);
        await Engine.RunAsync(_ => Engine.Logging.SetLevels(LogLevel.None, new Dictionary<string, LogLevel> { ["Loud"] = LogLevel.Information }));
        await EmitAsync("Silent", Error, "main", 1);
        await EmitAsync("Loud.Below", Info, "main", 2);
        Assert.Equal(2, await CountAsync("Loud.Below", LogLevel.Information, 2));
        Assert.DoesNotContain(Fixture.Loggers.Entries, entry => entry.Category == "Silent");
    }

    private async Task SetLoggersAsync(LogLevel level)
    {
        Fixture.Loggers.Level = level;
        Fixture.Loggers.Entries.Clear();
        await Engine.RunAsync(_ => Engine.Logging.FollowLoggers());
    }

    private Task EmitAsync(string category, int level, string thread, int count) => Engine.RunAsync(async platform =>
    {
        using NativeObject tools = platform.Get("NativeDevTools", asObject: true).Object!;
        foreach (NativeResult said in await tools.CallBackAsync("emitLogs", count, category, level, thread))
            said.Dispose();
    });

    /// <summary>Each look runs on the engine thread, behind the messages that came before it.</summary>
    private async Task<int> CountAsync(string category, LogLevel level, int expected)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        int count;
        do
        {
            count = await Engine.RunAsync(_ => Fixture.Loggers.Entries.Count(entry => entry.Category == category && entry.Level == level));
        }
        while (count < expected && !limit.IsCancellationRequested);
        return count;
    }
}
