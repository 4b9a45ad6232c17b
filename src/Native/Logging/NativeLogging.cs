using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Native.Logging;

/// <summary>
/// Brings the library's log messages to <see cref="ILogger"/>s that are named as its categories (<see cref="KnownCategories"/>). The library
/// keeps the levels, so a message below its category's level costs next to nothing; messages of its own threads come on the engine thread.
/// </summary>
public sealed class NativeLogging : IDisposable
{
    private readonly NativePlatform _platform;
    private readonly ILoggerFactory _factory;
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new(StringComparer.Ordinal);
    private readonly NativeObject _logger;

    /// <summary>Attaches to the library, with the levels that the loggers have now.</summary>
    internal NativeLogging(NativePlatform platform, ILoggerFactory factory)
    {
        _platform = platform;
        _factory = factory;
        _logger = NativeObject.Create(platform.Engine);
        _logger.Set("logTrace", Function(LogLevel.Trace));
        _logger.Set("logInfo", Function(LogLevel.Information));
        _logger.Set("logWarning", Function(LogLevel.Warning));
        _logger.Set("logError", Function(LogLevel.Error));
        WriteLoggerLevels();
        platform.Set("logger", _logger);
    }

    /// <summary>The categories that the library names itself; it may use others, also with dots (<c>DgnCore.Tile</c>).</summary>
    public static IReadOnlyList<string> KnownCategories { get; } =
        ["BeSQLite", "BRepCore", "Changeset", "CloudSqlite", "DgnCore", "ECDb", "ECObjectsNative", "SQLite", "UnitsNative"];

    /// <summary>Takes over the levels that the loggers have now, after their configuration changed. On the engine thread.</summary>
    public void FollowLoggers()
    {
        WriteLoggerLevels();
        Apply();
    }

    /// <summary>Sets the levels; what a logger does not take is lost all the same. On the engine thread.</summary>
    /// <param name="otherwise">The level of categories that are not named.</param>
    /// <param name="categories">Levels by category; one stands for the categories below it too (<c>DgnCore</c> for <c>DgnCore.Tile</c>).</param>
    public void SetLevels(LogLevel otherwise, IReadOnlyDictionary<string, LogLevel>? categories = null)
    {
        WriteLevels(
            NativeLogLevel.From(otherwise),
            (categories ?? new Dictionary<string, LogLevel>()).Select(category => (category.Key, NativeLogLevel.From(category.Value))));
        Apply();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_logger.IsDisposed)
            return;
        using NativeObject silence = NativeObject.Create(_platform.Engine, """{"minLevel":4,"categoryFilter":{}}""");
        _platform.Set("logger", silence);
        _logger.Dispose();
    }

    private void WriteLoggerLevels()
    {
        (string Name, int Level)[] known = [.. KnownCategories.Select(name => (name, NativeLogLevel.Of(LoggerOf(name))))];
        // A category that is not known may be as talkative as the most talkative known one; its logger decides then.
        WriteLevels(known.Min(category => category.Level), known);
    }

    private void WriteLevels(int otherwise, IEnumerable<(string Name, int Level)> categories)
    {
        var filter = new JsonObject();
        foreach ((string name, int level) in categories)
            filter[name] = level;
        _logger.Set("minLevel", otherwise);
        _logger.Set("categoryFilter", (NativeJson)filter.ToJsonString());
    }

    private void Apply() => _platform.Invoke("clearLogLevelCache");

    private NativeArgument Function(LogLevel level) => NativeArgument.Callback(new NativeCallback(arguments =>
    {
        try
        {
            Write(level, arguments[0].GetText(), arguments[1].GetText());
        }
        catch (Exception)
        {
            // A logger that fails must not make the native call fail that happened to say something.
        }

        return default;
    }));

    private void Write(LogLevel level, string category, string message)
    {
        ILogger logger = LoggerOf(category);
        if (logger.IsEnabled(level))
            logger.Log(level, default, message, null, static (text, _) => text);
    }

    private ILogger LoggerOf(string category) => _loggers.GetOrAdd(category, _factory.CreateLogger);
}
