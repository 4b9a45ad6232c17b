using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tiles;

/// <summary>The answer to a poll for a tile.</summary>
/// <param name="State">How far the request is.</param>
/// <param name="Content">The content, when it is ready; the caller disposes it.</param>
/// <param name="ElapsedSeconds">What making the tile took.</param>
public sealed record TileContentPoll(TileContentState State, NativeResult? Content, double ElapsedSeconds) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Content?.Dispose();
}
