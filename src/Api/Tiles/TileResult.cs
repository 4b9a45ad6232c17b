namespace ITwinOrleans.Api.Tiles;

/// <summary>What became of the making of a tile.</summary>
/// <param name="StatusCode">200 with a content, else why there is none.</param>
/// <param name="Content">The tile.</param>
/// <param name="Problem">Why there is none, for the client.</param>
internal sealed record TileResult(int StatusCode, ReadOnlyMemory<byte> Content, string Problem)
{
    /// <summary>Whether it is of a fixed version and may be kept.</summary>
    public bool IsFixed { get; init; }
}
