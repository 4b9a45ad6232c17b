namespace ITwinOrleans.Api.Tiles;

/// <summary>Tells which iModels have tiles that may be cached, and as which version.</summary>
public interface ITileSource
{
    /// <summary>
    /// The iModel of that id; null where there is none, where it may change, or where several files have the id (the frontend's tile URLs
    /// name nothing but the id, so they could not be told apart).
    /// </summary>
    ValueTask<TileSourceIModel?> FindAsync(string iModelId, CancellationToken cancellationToken);
}
