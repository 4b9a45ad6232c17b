using System.Globalization;

namespace ITwinOrleans.Native.Tiles;

/// <summary>The threads of this process that were started since it was made.</summary>
/// <remarks>
/// The first tree of an iModel opens the library's tile cache, and with it a thread that nobody waits for: closed before that thread came to
/// set its mark, the cache is freed under it and the process ends (5.7.13, with Node too). Once the thread sleeps, waiting for tiles to save,
/// it has set the mark.
/// </remarks>
internal sealed class StartedThreads
{
    private const string Folder = "/proc/self/task";

    /// <summary>A thread of somebody else's may be busy for ever; the library's comes to rest at once when it gets to run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly HashSet<string> _before = [.. Ids()];

    /// <summary>Completes when each of them was seen asleep or is gone.</summary>
    public async Task WhenRestedAsync()
    {
        HashSet<string> left = [.. Ids()];
        left.ExceptWith(_before);
        long began = TimeProvider.System.GetTimestamp();
        while (left.RemoveWhere(HasRested) >= 0 && left.Count > 0 && TimeProvider.System.GetElapsedTime(began) < Patience)
            await Task.Delay(Pause).ConfigureAwait(false); // Nothing announces it.
    }

    private static IEnumerable<string> Ids() => Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path));

    private static bool HasRested(string id)
    {
        try
        {
            // "id (name) state ...": the name may hold anything.
            string status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"{Folder}/{id}/stat"));
            return status[status.LastIndexOf(')') + 2] == 'S';
        }
        catch (IOException)
        {
            return true; // Gone.
        }
    }
}
