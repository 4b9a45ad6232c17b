using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Native.Logging;

/// <summary>The library's levels (iTwin.js: <c>LogLevel</c>) and those of <see cref="ILogger"/>.</summary>
internal static class NativeLogLevel
{
    private const int Trace = 0, Information = 1, Warning = 2, Error = 3, None = 4;

    /// <summary>The lowest native level that a logger takes. The library has no level between trace and information.</summary>
    public static int From(LogLevel level) => level switch
    {
        LogLevel.Trace => Trace,
        LogLevel.Debug or LogLevel.Information => Information,
        LogLevel.Warning => Warning,
        LogLevel.Error or LogLevel.Critical => Error,
        _ => None,
    };

    /// <summary>The lowest native level that a logger takes now.</summary>
    public static int Of(ILogger logger)
    {
        foreach (LogLevel level in (LogLevel[])[LogLevel.Trace, LogLevel.Information, LogLevel.Warning, LogLevel.Error])
        {
            if (logger.IsEnabled(level))
                return From(level);
        }

        return None;
    }
}
