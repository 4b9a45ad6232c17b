using System.Collections.Concurrent;
using ITwinOrleans.Api.Tiles;

namespace ITwinOrleans.Api.Tests.Support;

/// <summary>Two iModels of fixed versions.</summary>
internal sealed class MemoryTileSource : ITileSource
{
    public const string First = "dbd4826b-4f72-423c-b4fa-ff8205f2bae7";
    public const string Second = "23166185-f608-421e-95e3-5d4397faf5d1";

    public ConcurrentDictionary<string, string> Versions { get; } = new() { [First] = "v1", [Second] = "v1" };

    public ValueTask<TileSourceIModel?> FindAsync(string iModelId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Versions.TryGetValue(iModelId, out string? version) ? new TileSourceIModel(MemoryRouter.FileKey, "i", iModelId, "", version) : null);
}
