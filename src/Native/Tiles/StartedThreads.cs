using System.Globalization;

namespace ITwinOrleans.Native.Tiles;

/// <summary>The threads of this process that were started since it was made.</summary>
/// <remarks>
/// The first tree of an iModel opens the library's tile cache, which starts a thread. When the iModel is closed before that thread has come to run,
/// the process ends in it (5.7.13, with Node too: open, load a tree, close, again and again). It does not once the thread sleeps, waiting for tiles.
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
