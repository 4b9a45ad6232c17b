using System.Diagnostics;
using System.Globalization;

namespace ITwinOrleans.Tests.Support;

/// <summary>A program that serves until it is disposed, which ends it and all that it started.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private const int KeptLines = 200;
    private readonly Queue<string> _said = [];
    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _announcement;
    private readonly Process _process;
    private bool _disposed;

    private RunningProgram(ProcessStartInfo start, string announcement)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        _announcement = announcement;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Exited += (_, _) => _announced.TrySetException(new InvalidOperationException($"{start.FileName} ended: {Said}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its process; what it started are that one's children.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it ended by itself.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It did not; the message has what it said.</exception>
    public async Task<int> WhenEndedAsync(TimeSpan patience)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(patience);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{_process.StartInfo.FileName} did not end within {patience.TotalSeconds} s: {Said}");
        }
    }

    /// <summary>Sends its process, and not those that it started, a signal.</summary>
    /// <param name="signal">For example <c>STOP</c>.</param>
    public void Signal(string signal)
    {
        using Process kill = Process.Start("kill", ["-" + signal, Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>What it said last.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return string.Join('\n', _said);
        }
    }

    /// <summary>Starts a program and waits until it says that it serves.</summary>
    /// <param name="start">Its command.</param>
    /// <param name="announcement">A part of the line by which it says so.</param>
    /// <param name="patience">How long to wait.</param>
    /// <exception cref="InvalidOperationException">It ended; the message has what it said.</exception>
    /// <exception cref="TimeoutException">It did not say so in time; the message has what it said.</exception>
    public static async Task<RunningProgram> StartAsync(ProcessStartInfo start, string announcement, TimeSpan patience)
    {
        var program = new RunningProgram(start, announcement);
        try
        {
            await program._announced.Task.WaitAsync(patience);
            return program;
        }
        catch (Exception exception)
        {
            await program.DisposeAsync();
            throw exception is TimeoutException
                ? new TimeoutException($"{start.FileName} did not say \"{announcement}\" within {patience.TotalSeconds} s: {program.Said}")
                : exception;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_said)
        {
            _said.Enqueue(line);
            if (_said.Count > KeptLines)
                _said.Dequeue();
        }

        if (line.Contains(_announcement, StringComparison.Ordinal))
            _announced.TrySetResult();
    }
}
