using ITwinOrleans.Native;
using ITwinOrleans.Native.Logging;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Backend.DevTools;

/// <summary>The levels of native code's log categories, as operators set them while the process runs.</summary>
public sealed class LogLevels(NativeEngine engine)
{
    // core-bentley LogLevel.
    private const int Trace = 0, Information = 1, Warning = 2, Error = 3, None = 4;

    private const int MaxCategories = 256;

    private readonly Dictionary<string, LogLevel> _levels = new(StringComparer.Ordinal);

    /// <summary>Sets a category's level; categories below it follow, unless they have one of their own.</summary>
    /// <param name="category">For example <c>ECDb</c>.</param>
    /// <param name="level">iTwin.js's level: 0 trace, 1 information, 2 warning, 3 error, 4 none.</param>
    /// <param name="cancellationToken">Cancels what was not begun.</param>
    /// <returns>The level that the category had.</returns>
    /// <exception cref="Rpc.RpcException">The level is none, or there are too many categories.</exception>
    public Task<int> SetAsync(string category, int level, CancellationToken cancellationToken)
    {
        LogLevel wanted = FromNumber(level);
        return engine.RunAsync(
            _ =>
            {
                int before = ToNumber(LevelOf(category));
                if (_levels.Count >= MaxCategories && !_levels.ContainsKey(category))
                    throw Rpc.RpcException.Plain($"There are {MaxCategories} log categories with a level already");
                _levels[category] = wanted;
                engine.Logging.SetLevels(DefaultLevel, _levels);
                return before;
            },
            cancellationToken);
    }

    private const LogLevel DefaultLevel = LogLevel.Warning;

    private LogLevel LevelOf(string category)
    {
        for (string name = category; ; name = name[..name.LastIndexOf('.')])
        {
            if (_levels.TryGetValue(name, out LogLevel level))
                return level;
            if (!name.Contains('.'))
                return DefaultLevel;
        }
    }

    private static LogLevel FromNumber(int level) => level switch
    {
        Trace => LogLevel.Trace,
        Information => LogLevel.Information,
        Warning => LogLevel.Warning,
        Error => LogLevel.Error,
        None => LogLevel.None,
        _ => throw Rpc.RpcException.WrongType("The parameter logLevel must be a number from 0 to 4"),
    };

    private static int ToNumber(LogLevel level) => level switch
    {
        LogLevel.Trace => Trace,
        LogLevel.Information => Information,
        LogLevel.Warning => Warning,
        LogLevel.Error => Error,
        _ => None,
    };
}
