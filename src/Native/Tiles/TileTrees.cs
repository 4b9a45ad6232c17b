using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tiles;

/// <summary>The tile trees of an iModel. Tiles are made on threads of the library; closing the iModel ends every request with an error.</summary>
public sealed class TileTrees : DbPart<DgnDb>
{
    // Cancelling in a tree that the library has not loaded leaves an entry without a tree, and the next purge dereferences it (5.7.13, with
    // Node too). So only trees that have answered since the last purge are cancelled in.
    private readonly HashSet<string> _loaded = new(StringComparer.Ordinal);
    private int _purges;

    internal TileTrees(DgnDb db)
        : base(db)
    {
    }

    /// <summary>A tree's TileTreeProps.</summary>
    /// <exception cref="IModelException">There is no such tree.</exception>
    public Task<NativeResult> GetTreeAsync(string treeId)
    {
        var answer = new ErrorOrResultAnswer($"TileTree={treeId}", WhenLoaded(treeId));
        Db.Invoke("getTileTree", treeId, NativeArgument.Callback(answer.Callback));
        return answer.Task;
    }

    /// <summary>A tile's content, binary.</summary>
    /// <exception cref="IModelException">There is no such tile, or it was canceled.</exception>
    public Task<NativeResult> GetContentAsync(string treeId, string contentId)
    {
        var answer = new ErrorOrResultAnswer($"TileTree={treeId} Tile={contentId}", WhenLoaded(treeId));
        Db.Invoke("getTileContent", treeId, contentId, NativeArgument.Callback(answer.Callback));
        return answer.Task;
    }

    /// <summary>Asks for a tile's content, and gives it or how far it is. Asked again until it is there.</summary>
    public TileContentPoll PollContent(string treeId, string contentId)
    {
        using NativeObject answer = Db.CallForObject("pollTileContent", treeId, contentId);
        using NativeResult result = NativeStatus.TakeResult(answer, $"TileTree={treeId} Tile={contentId}", asObject: true);
        if (result.Object is not { } tile)
            return new TileContentPoll((TileContentState)(int)result.Number, null, 0);
        _loaded.Add(treeId);
        using (tile)
        {
            using NativeResult seconds = tile.Get("elapsedSeconds");
            return new TileContentPoll(TileContentState.Ready, tile.Get("content"), seconds.Number);
        }
    }

    /// <summary>Ends requests for tiles; without effect while the tree itself is not loaded.</summary>
    public void CancelContent(string treeId, IEnumerable<string> contentIds)
    {
        if (_loaded.Contains(treeId))
            Db.Invoke("cancelTileContentRequests", treeId, JsonText.Array(contentIds));
    }

    /// <summary>Forgets the trees of models, or of all when none are named.</summary>
    public void Purge(IEnumerable<string>? modelIds)
    {
        _purges++;
        _loaded.Clear();
        Db.Invoke("purgeTileTrees", modelIds is null ? NativeArgument.Undefined : JsonText.Array(modelIds));
    }

    private Action WhenLoaded(string treeId)
    {
        int purges = _purges;
        return () =>
        {
            if (purges == _purges)
                _loaded.Add(treeId);
        };
    }
}
