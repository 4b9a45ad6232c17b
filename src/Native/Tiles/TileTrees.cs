using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tiles;

/// <summary>The tile trees of an iModel. Tiles are made on threads of the library; an iModel that is closed closes once it has those that are under way.</summary>
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
    /// <remarks>
    /// The library can be polled for a tile too (<c>pollTileContent</c>); that is not used, since it does not say when it is done with a tile,
    /// and it must be done with all before trees are purged.
    /// </remarks>
    public Task<NativeResult> GetContentAsync(string treeId, string contentId) => _trees.RequestContentAsync(treeId, contentId);

    /// <summary>Ends requests for tiles; without effect while the tree itself is not loaded.</summary>
    public void CancelContent(string treeId, IEnumerable<string> contentIds)
    {
        if (_trees.Contains(treeId))
            Db.Invoke("cancelTileContentRequests", treeId, JsonText.Array(contentIds));
    }

    /// <summary>Forgets the trees of models, or of all when none are named; while trees are loaded and tiles made, as soon as they are done.</summary>
    public void Purge(IEnumerable<string>? modelIds) =>
        _trees.Purge(modelIds is null ? NativeArgument.Undefined : JsonText.Array(modelIds));

    internal Task WhenIdleAsync() => _trees.WhenIdleAsync();
}
