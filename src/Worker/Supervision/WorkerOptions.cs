namespace ITwinOrleans.Worker.Supervision;

/// <summary>The settings of workers and their pool. Checked by <see cref="WorkerOptionsValidator"/>.</summary>
public sealed class WorkerOptions
{
    /// <summary>Where work runs.</summary>
    public WorkerMode Mode { get; set; } = WorkerMode.Process;

    /// <summary>The worker's program: an executable, or a <c>.dll</c> for <c>dotnet</c>. Default: the one beside this assembly.</summary>
    public string Program { get; set; } = Path.Combine(AppContext.BaseDirectory, "ITwinOrleans.Worker");

    /// <summary>Further arguments for the program, behind the worker's own.</summary>
    public IList<string> Arguments { get; } = [];

    /// <summary>Environment variables that the program gets beyond this process's own.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    /// <summary>Where the private folders of sockets are made; paths of sockets have to stay under 108 bytes.</summary>
    public string SocketDirectory { get; set; } = Path.GetTempPath();

    /// <summary>How many workers the keys without a dedicated one share; each starts with its first key. Default: one per core.</summary>
    public int SharedWorkers { get; set; } = System.Environment.ProcessorCount;

    /// <summary>The most dedicated workers.</summary>
    public int MaxDedicatedWorkers { get; set; } = 16;

    /// <summary>The largest message, in bytes. Default 512 MiB, since single results reach 500 MB.</summary>
    public int MaxMessageBytes { get; set; } = 512 * 1024 * 1024;

    /// <summary>The most calls that are sent to one worker and not answered.</summary>
    public int MaxInFlight { get; set; } = 1024;

    /// <summary>The most calls that wait for one worker, to be ready or to have a place in flight; further ones are refused.</summary>
    public int MaxWaiting { get; set; } = 16 * 1024;

    /// <summary>The most bytes of requests in flight to one worker; further calls wait. One larger call goes alone.</summary>
    public long MaxRequestBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>The most bytes of answers from one worker that are not disposed; above it, the worker's next answer waits.</summary>
    public long MaxUnreadBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>The most events of one worker that are not read; above it, its publishers wait.</summary>
    public int MaxUnreadEvents { get; set; } = 256;

    /// <summary>The largest event, in bytes.</summary>
    public int MaxEventBytes { get; set; } = 1024 * 1024;

    /// <summary>How long a process may take until it is ready.</summary>
    public TimeSpan ReadyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a worker's health and memory are looked at.</summary>
    public TimeSpan HealthInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a process that the system reports as stopped (SIGSTOP) may be silent before it is replaced.</summary>
    public TimeSpan StoppedLimit { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a process may be silent before it is replaced. Longer than for a stopped one, since a busy machine looks the same.</summary>
    public TimeSpan HangLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the engine may work on one thing before it counts as hung and its process is replaced.</summary>
    public TimeSpan EngineHangLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The resident memory above which a worker is replaced, in bytes. Default 4 GiB.</summary>
    public long MemoryCeilingBytes { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>The wait before the second restart in a row (the first is at once); it doubles with every further one.</summary>
    public TimeSpan RestartDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait before a restart.</summary>
    public TimeSpan MaxRestartDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a worker has to live for its next loss to count as the first again.</summary>
    public TimeSpan StableAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a worker that is drained may take to answer what it has and to end.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many of the last lines that a worker wrote are logged when it is lost.</summary>
    public int LoggedOutputLines { get; set; } = 40;
}
