using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ITwinOrleans.Worker.Supervision;

/// <summary>A started process: its end, its resources as the system reports them, and the last lines that it wrote.</summary>
internal sealed class ChildProcess : IDisposable
{
    // How long the pipes may stay open behind the process: something that it started can hold them.
    private static readonly TimeSpan OutputGrace = TimeSpan.FromMilliseconds(200);

    private readonly Process _process;
    private readonly OutputTail _tail;
    private readonly Task _output;
    private readonly string _statm;
    private readonly string _stat;

    private ChildProcess(Process process, OutputTail tail, Action<string> onLine)
    {
        _process = process;
        _tail = tail;
        Id = process.Id;
        _statm = string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/statm");
        _stat = string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/stat");
        Exited = WaitAsync();
        _output = Task.WhenAll(ReadAsync(process.StandardError, onLine), ReadAsync(process.StandardOutput, onLine));
    }

    public int Id { get; }

    /// <summary>Completes with the exit code; 128 and more is a signal.</summary>
    public Task<int> Exited { get; }

    /// <summary>The resident memory in bytes; 0 when the process is gone.</summary>
    public long ResidentBytes => ReadProc(_statm) is { } statm ? long.Parse(statm.Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize : 0;

    /// <summary>Whether the process is stopped by a signal (proc(5), stat: state T).</summary>
    public bool IsStopped => ReadProc(_stat) is { } stat && stat[stat.LastIndexOf(')') + 2] == 'T';

    /// <summary>Starts a process.</summary>
    /// <exception cref="Win32Exception">There is no such program, or it may not be run.</exception>
    public static ChildProcess Start(ProcessStartInfo start, int tailLines, Action<string> onLine)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return new ChildProcess(Process.Start(start)!, new OutputTail(tailLines), onLine);
    }

    /// <summary>Ends the process with SIGKILL, which a stopped or hung one cannot escape.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has exited.
        }
    }

    /// <summary>How the process ended, in words; call it after <see cref="Exited"/>.</summary>
    public static string Describe(int exitCode) => exitCode switch
    {
        > 128 and <= 128 + 64 => string.Create(CultureInfo.InvariantCulture, $"signal {exitCode - 128}{SignalName(exitCode - 128)}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}"),
    };

    /// <summary>The last lines that the process wrote; after its end, all of the last.</summary>
    public async Task<string> GetOutputAsync()
    {
        await Task.WhenAny(_output, Task.Delay(OutputGrace)).ConfigureAwait(false);
        return _tail.ToString();
    }

    public void Dispose() => _process.Dispose();

    private static string SignalName(int signal) => signal switch
    {
        4 => " (SIGILL)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        _ => "",
    };

    private static string? ReadProc(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }

    private async Task ReadAsync(StreamReader reader, Action<string> onLine)
    {
        try
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                _tail.Add(line);
                onLine(line);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process is gone.
        }
    }
}
