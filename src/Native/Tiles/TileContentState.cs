namespace ITwinOrleans.Native.Tiles;

/// <summary>How far a request for a tile is.</summary>
public enum TileContentState
{
    /// <summary>It was just made.</summary>
    New = 0,

    /// <summary>It waits for a thread.</summary>
    Pending = 1,

    /// <summary>The tile is being made.</summary>
    Loading = 2,

    /// <summary>The content is there. (Not a state of the library: it gives the content instead.)</summary>
    Ready = 3,
}
