using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tiles;

/// <summary>
/// Requests for tile trees and tiles, and which trees the library has loaded. Some orders of calls end or hang the process (5.7.13, with Node
/// too): to close the iModel while a tree is loaded or a tile is made, whose thread goes on to read the closed file; to purge trees then; and
/// to cancel a tile of a tree that is not loaded. So a tree is loaded before its tiles are asked for, a purge and the closing wait for what is
/// under way, and what is asked for after the purge waits for it. See also <see cref="StartedThreads"/>.
/// </summary>
internal sealed class LoadedTrees(DgnDb db)
{
    private readonly HashSet<string> _loaded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _loading = new(StringComparer.Ordinal);
    private readonly List<NativeArgument> _waitingPurges = [];
    private TaskCompletionSource? _purged, _idle;
    private int _requests;

    public bool Contains(string treeId) => _loaded.Contains(treeId);

    /// <summary>Asks for a tree's props, which loads it.</summary>
    public async Task<NativeResult> RequestAsync(string treeId)
    {
        while (_purged is not null)
            await _purged.Task;
        var threads = new StartedThreads();
        return await StartAsync($"TileTree={treeId}", () => AddLoaded(treeId), () => EndTreeRequest(threads), "getTileTree", treeId);
    }

    /// <summary>Asks for a tile's content, after its tree is loaded.</summary>
    /// <exception cref="IModelException">There is no such tree or tile.</exception>
    public Task<NativeResult> RequestContentAsync(string treeId, string contentId) =>
        _loaded.Contains(treeId) ? StartContentAsync(treeId, contentId) : LoadAndRequestContentAsync(treeId, contentId);

    // Counted as a request from before the loading until the tile is asked for, so that no purge comes between the two.
    private async Task<NativeResult> LoadAndRequestContentAsync(string treeId, string contentId)
    {
        while (_purged is not null)
            await _purged.Task;
        _requests++;
        Task<NativeResult> content;
        try
        {
            await LoadAsync(treeId);
            content = StartContentAsync(treeId, contentId);
        }
        finally
        {
            EndRequest();
        }

        return await content;
    }

    private Task<NativeResult> StartContentAsync(string treeId, string contentId) =>
        StartAsync($"TileTree={treeId} Tile={contentId}", null, EndRequest, "getTileContent", treeId, contentId);

    private Task<NativeResult> StartAsync(string action, Action? succeeded, Action ended, string method, params ReadOnlySpan<NativeArgument> names)
    {
        if (db.IsDisposed)
            throw new NativeUsageException($"{action}: the iModel was closed");
        var answer = new ErrorOrResultAnswer(action, succeeded, ended);
        _requests++;
        db.Invoke(method, [.. names, NativeArgument.Callback(answer.Callback)]);
        return answer.Task;
    }

    /// <summary>Forgets trees, once nothing is under way.</summary>
    public void Purge(NativeArgument modelIds)
    {
        _loaded.Clear();
        _waitingPurges.Add(modelIds);
        _purged ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        PurgeIfIdle();
    }

    /// <summary>Completes when native code is done with every request; the iModel takes no new ones.</summary>
    public Task WhenIdleAsync() =>
        _requests == 0 ? Task.CompletedTask : (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private void AddLoaded(string treeId)
    {
        if (_purged is null)
            _loaded.Add(treeId);
    }

    private Task LoadAsync(string treeId)
    {
        if (_loading.TryGetValue(treeId, out Task? running))
            return running;
        Task load = LoadNowAsync(treeId);
        if (!load.IsCompleted)
            _loading.Add(treeId, load);
        return load;
    }

    private async Task LoadNowAsync(string treeId)
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

    /// <summary>Native code is done with a request for a tree, but perhaps not with the start of a thread that it began.</summary>
    private void EndTreeRequest(StartedThreads threads)
    {
        Task rested = threads.WhenRestedAsync();
        if (rested.IsCompleted)
            EndRequest();
        else
            db.Engine.FinishBeforeStop(EndRequestAsync(rested));
    }

    private async Task EndRequestAsync(Task rested)
    {
        await rested.ConfigureAwait(false);
        await db.Engine.RunAsync(_ => EndRequest()).ConfigureAwait(false);
    }

    /// <summary>Native code is done with a request. What follows comes as work of its own: here its call is still on the stack.</summary>
    private void EndRequest()
    {
        if (--_requests == 0)
            _idle?.TrySetResult();
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
