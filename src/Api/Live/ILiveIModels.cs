using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Api.Live;

/// <summary>The live iModels, wherever their owners are: the seam between the hub and the cluster.</summary>
public interface ILiveIModels
{
    /// <summary>The iModel of a key, or of ids where the key is null; null when there is none.</summary>
    /// <remarks>Ids mean the live iModel, not one of its versions.</remarks>
    Task<LiveIModelRef?> FindAsync(string? key, string? iTwinId, string? iModelId, CancellationToken cancellationToken);

    /// <summary>The file of a fixed version; null when there is none.</summary>
    /// <param name="iTwinId">The iTwin's id.</param>
    /// <param name="iModelId">The iModel's id.</param>
    /// <param name="changesetId">The changeset's id (empty for the first version), or null where the index says which.</param>
    /// <param name="changesetIndex">The changeset's index.</param>
    /// <param name="cancellationToken">Stops waiting for files that are still to be read.</param>
    Task<LiveIModelRef?> FindVersionAsync(string iTwinId, string iModelId, string? changesetId, int? changesetIndex, CancellationToken cancellationToken);

    /// <summary>What a frontend is told when it connects (iTwin.js <c>IModelConnectionProps</c>, UTF-8 JSON).</summary>
    /// <exception cref="LiveRefusedException">It cannot be opened.</exception>
    Task<ReadOnlyMemory<byte>> GetConnectionPropsAsync(string key, CancellationToken cancellationToken);

    /// <summary>Calls the owner.</summary>
    /// <returns>UTF-8 JSON: the answer or a refusal.</returns>
    Task<ReadOnlyMemory<byte>> CallAsync(string key, LiveCall call, CancellationToken cancellationToken);

    /// <summary>Reads the owner's feed; waits for news.</summary>
    Task<LiveNews> ReadAsync(string key, LiveRead read, CancellationToken cancellationToken);
}
