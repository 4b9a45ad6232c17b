using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Native.Tests.Logging;

/// <summary>Loggers that keep what they are given, from a level that can be changed.</summary>
public sealed class RecordingLoggers : ILoggerFactory
{
    public ConcurrentQueue<(string Category, LogLevel Level, string Message)> Entries { get; } = new();

    /// <summary>The lowest level that is taken.</summary>
    public LogLevel Level { get; set; } = LogLevel.None;

    public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Recorder(RecordingLoggers owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => owner.Level != LogLevel.None && logLevel >= owner.Level;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Entries.Enqueue((category, logLevel, formatter(state, exception)));
    }
}
