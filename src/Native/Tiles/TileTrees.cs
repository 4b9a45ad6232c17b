using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tiles;

/// <summary>The tile trees of an iModel. Tiles are made on threads of the library; closing the iModel ends every request with an error.</summary>
public sealed class TileTrees : DbPart<DgnDb>
{
    private readonly LoadedTrees _trees;

    internal TileTrees(DgnDb db)
        : base(db) => _trees = new LoadedTrees(db);

    /// <summary>A tree's TileTreeProps.</summary>
    /// <exception cref="IModelException">There is no such tree.</exception>
    public Task<NativeResult> GetTreeAsync(string treeId) => _trees.RequestAsync(treeId);

    /// <summary>A tile's content, binary. Its tree is loaded first.</summary>
    /// <exception cref="IModelException">There is no such tree or tile, or it was canceled.</exception>
    public Task<NativeResult> GetContentAsync(string treeId, string contentId) =>
        _trees.Contains(treeId) ? RequestContentAsync(treeId, contentId) : LoadAndGetContentAsync(treeId, contentId);

    /// <summary>Asks for a tile's content, and gives it or how far it is. Asked again until it is there.</summary>
    public TileContentPoll PollContent(string treeId, string contentId)
    {
        if (!_trees.Poll(treeId))
            return new TileContentPoll(TileContentState.Pending, null, 0);
        using NativeObject answer = Db.CallForObject("pollTileContent", treeId, contentId);
        using NativeResult result = NativeStatus.TakeResult(answer, $"TileTree={treeId} Tile={contentId}", asObject: true);
        if (result.Object is not { } tile)
            return new TileContentPoll((TileContentState)(int)result.Number, null, 0);
        using (tile)
        {
            using NativeResult seconds = tile.Get("elapsedSeconds");
            return new TileContentPoll(TileContentState.Ready, tile.Get("content"), seconds.Number);
        }
    }

    /// <summary>Ends requests for tiles; without effect while the tree itself is not loaded.</summary>
    public void CancelContent(string treeId, IEnumerable<string> contentIds)
    {
        if (_trees.Contains(treeId))
            Db.Invoke("cancelTileContentRequests", treeId, JsonText.Array(contentIds));
    }

    /// <summary>Forgets the trees of models, or of all when none are named; while trees are being loaded, as soon as they are.</summary>
    public void Purge(IEnumerable<string>? modelIds) =>
        _trees.Purge(modelIds is null ? NativeArgument.Undefined : JsonText.Array(modelIds));

    private async Task<NativeResult> LoadAndGetContentAsync(string treeId, string contentId)
    {
        await _trees.EnsureAsync(treeId);
        return await RequestContentAsync(treeId, contentId);
    }

    private Task<NativeResult> RequestContentAsync(string treeId, string contentId)
    {
        var answer = new ErrorOrResultAnswer($"TileTree={treeId} Tile={contentId}");
        Db.Invoke("getTileContent", treeId, contentId, NativeArgument.Callback(answer.Callback));
        return answer.Task;
    }
}
