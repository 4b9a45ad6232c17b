using System.Diagnostics;
using System.Globalization;

namespace ITwinOrleans.Worker.Hosting;

/// <summary>Notices the death of the process that started this one: its end of the standard input's pipe closes, and the parent id changes.</summary>
/// <remarks>
/// Not <c>prctl(PR_SET_PDEATHSIG)</c>: that fires when the *thread* that started the process ends, and a thread of the pool may end any time.
/// On threads of its own, since the pool may be busy or starved.
/// </remarks>
internal sealed class ParentWatch
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly int _parent;
    private readonly TimeSpan _grace;
    private readonly CancellationTokenSource _gone = new();
    private int _signalled;
    private int _ending;

    /// <param name="parent">The parent's process id.</param>
    /// <param name="grace">What the process gets to end by itself before it is killed.</param>
    public ParentWatch(int parent, TimeSpan grace)
    {
        _parent = parent;
        _grace = grace;
    }

    /// <summary>Cancelled when the parent is gone.</summary>
    public CancellationToken Gone => _gone.Token;

    public void Start()
    {
        Run("parent watch (pipe)", WatchPipe);
        Run("parent watch (id)", WatchId);
    }

    /// <summary>From now on the process has the grace to end, whatever hangs in it.</summary>
    public void EndWithin()
    {
        if (Interlocked.Exchange(ref _ending, 1) == 0)
            Run("last resort", KillAfterGrace);
    }

    private void KillAfterGrace()
    {
        Thread.Sleep(_grace);
        Console.Error.WriteLine($"The worker did not end within {_grace.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s and kills itself.");
        Process.GetCurrentProcess().Kill();
    }

    private static void Run(string name, ThreadStart body) => new Thread(body, 256 * 1024) { IsBackground = true, Name = name }.Start();

    private void WatchPipe()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            Span<byte> ignored = stackalloc byte[64];
            while (input.Read(ignored) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A broken pipe says the same as a closed one.
        }
        Signal();
    }

    private void WatchId()
    {
        while (ParentId() is { } id && id == _parent)
            Thread.Sleep(PollInterval);
        Signal();
    }

    private void Signal()
    {
        if (Interlocked.Exchange(ref _signalled, 1) != 0)
            return;
        EndWithin();
        _ = _gone.CancelAsync();
    }

    // proc(5), stat: the fourth field; the second, in parentheses, may hold anything.
    private static int? ParentId()
    {
        try
        {
            var stat = File.ReadAllText("/proc/self/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ', 3);
            return int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or FormatException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
