namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>The files that were made ahead for iModels that are about to come: a few, and each for a while, since a move may not be made after all.</summary>
internal sealed class AheadFiles : IDisposable
{
    private const int Most = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly List<(AheadFile File, long Since)> _files = [];

    public AheadFiles(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => RemoveOld(), null, Patience, Patience);
    }

    /// <summary>Takes an iModel's file out; null when there is none.</summary>
    public AheadFile? Take(string key)
    {
        lock (_lock)
        {
            var index = _files.FindIndex(kept => kept.File.Key == key);
            if (index < 0)
                return null;
            AheadFile taken = _files[index].File;
            _files.RemoveAt(index);
            return taken;
        }
    }

    /// <summary>Keeps a file instead of another one of the same iModel; where there are too many, the oldest goes.</summary>
    public void Put(AheadFile file)
    {
        AheadFile? other = Take(file.Key), oldest = null;
        lock (_lock)
        {
            _files.Add((file, _time.GetTimestamp()));
            if (_files.Count > Most)
            {
                oldest = _files[0].File;
                _files.RemoveAt(0);
            }
        }

        other?.Remove();
        oldest?.Remove();
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void RemoveOld()
    {
        AheadFile[] old;
        lock (_lock)
        {
            old = [.. _files.Where(kept => _time.GetElapsedTime(kept.Since) >= Patience).Select(kept => kept.File)];
            _files.RemoveAll(kept => old.Contains(kept.File));
        }

        foreach (AheadFile file in old)
            file.Remove();
    }
}
