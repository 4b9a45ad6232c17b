using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Api.Live;

/// <summary>The live iModels, wherever their owners are: the seam between the hub and the cluster.</summary>
public interface ILiveIModels
{
    /// <summary>The iModel of a key, or of ids where the key is null; null when there is none.</summary>
    /// <remarks>Ids mean the live iModel, not one of its versions.</remarks>
    Task<LiveIModelRef?> FindAsync(string? key, string? iTwinId, string? iModelId, CancellationToken cancellationToken);

    /// <summary>Calls the owner.</summary>
    /// <returns>UTF-8 JSON: the answer or a refusal.</returns>
    Task<ReadOnlyMemory<byte>> CallAsync(string key, LiveCall call, CancellationToken cancellationToken);

    /// <summary>Reads the owner's feed; waits for news.</summary>
    Task<LiveNews> ReadAsync(string key, LiveRead read, CancellationToken cancellationToken);
}
