using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tiles;

/// <summary>
/// Which tile trees the library has loaded. It does not survive that a tile of another tree is asked for and the iModel is closed, its trees are
/// purged, or the tile is cancelled while the tree is being loaded: a null dereference ends the process (5.7.13, with Node too). So a tree is
/// loaded before its tiles are asked for, and a purge waits for the trees that are being loaded.
/// </summary>
internal sealed class LoadedTrees(DgnDb db)
{
    private const int MaximumTries = 8, MaximumPolls = 1000;

    private readonly HashSet<string> _loaded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _loading = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _polled = new(StringComparer.Ordinal);
    private readonly List<NativeArgument> _waitingPurges = [];
    private TaskCompletionSource? _purged;
    private int _requests;

    public bool Contains(string treeId) => _loaded.Contains(treeId);

    /// <summary>Asks for a tree's props, which loads it.</summary>
    public async Task<NativeResult> RequestAsync(string treeId)
    {
        // A tree that was asked for after a purge is one of after the purge; and the purge does not wait for ever.
        while (_purged is not null)
            await _purged.Task;
        var answer = new ErrorOrResultAnswer($"TileTree={treeId}", () => AddLoaded(treeId), EndRequest);
        _requests++;
        db.Invoke("getTileTree", treeId, NativeArgument.Callback(answer.Callback));
        return await answer.Task;
    }

    /// <summary>Comes back on the engine thread when the tree is loaded.</summary>
    /// <exception cref="IModelException">There is no such tree.</exception>
    public async Task EnsureAsync(string treeId)
    {
        for (int i = 0; !_loaded.Contains(treeId); i++)
        {
            if (i == MaximumTries)
                throw IModelException.ForStatus(IModelStatus.BadRequest, $"TileTree={treeId}: it is purged as soon as it is loaded; loading");
            await Load(treeId);
        }
    }

    /// <summary>Begins to load a tree, or says how that went: true when it is loaded.</summary>
    /// <exception cref="IModelException">There is no such tree.</exception>
    public bool Poll(string treeId)
    {
        if (_loaded.Contains(treeId))
            return true;
        if (_polled.Remove(treeId, out Task? load) && load.IsFaulted)
            load.GetAwaiter().GetResult();
        if (_polled.Count >= MaximumPolls)
            _polled.Clear();
        _polled[treeId] = load is { IsCompleted: false } ? load : Load(treeId);
        return false;
    }

    /// <summary>Forgets trees, once none is being loaded.</summary>
    public void Purge(NativeArgument modelIds)
    {
        _loaded.Clear();
        _waitingPurges.Add(modelIds);
        _purged ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        PurgeIfIdle();
    }

    private void AddLoaded(string treeId)
    {
        if (_purged is null)
            _loaded.Add(treeId);
    }

    private Task Load(string treeId)
    {
        if (_loading.TryGetValue(treeId, out Task? running))
            return running;
        Task load = LoadAsync(treeId);
        if (!load.IsCompleted)
            _loading.Add(treeId, load);
        return load;
    }

    private async Task LoadAsync(string treeId)
    {
        try
        {
            (await RequestAsync(treeId)).Dispose();
        }
        finally
        {
            _loading.Remove(treeId);
        }
    }

    /// <summary>Native code is done with a request. What follows comes as work of its own: here its call is still on the stack.</summary>
    private void EndRequest()
    {
        _requests--;
        if (_purged is not null)
            db.Engine.Enqueue(PurgeFromAfar, static _ => { });
    }

    /// <summary>Nobody waits for it: who asked for the purge has been answered.</summary>
    private void PurgeFromAfar()
    {
        try
        {
            PurgeIfIdle();
        }
        catch (NativeException)
        {
            // A list of models with none that is valid: nothing to purge.
        }
    }

    private void PurgeIfIdle()
    {
        if (_requests > 0 || _purged is null)
            return;
        TaskCompletionSource purged = _purged;
        NativeArgument[] purges = [.. _waitingPurges];
        _waitingPurges.Clear();
        _purged = null;
        try
        {
            foreach (NativeArgument modelIds in purges)
            {
                if (!db.IsDisposed)
                    db.Invoke("purgeTileTrees", modelIds);
            }
        }
        finally
        {
            purged.SetResult();
        }
    }
}
