using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Live;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Routing;

/// <summary>Reaches the owners of iModels, wherever they are.</summary>
public interface IIModelCluster
{
    /// <summary>Runs one operation at the owner of an iModel. The caller disposes the reply.</summary>
    /// <exception cref="IModelBusyException">A bound was reached; nothing ran.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<RpcReply> InvokeAsync(string key, RpcCall call, CancellationToken cancellationToken);

    /// <summary>Runs one operation that belongs to no iModel. The caller disposes the reply.</summary>
    /// <inheritdoc cref="InvokeAsync"/>
    ValueTask<RpcReply> InvokeOnServerAsync(RpcCall call, CancellationToken cancellationToken);

    /// <summary>Tells the owner of an iModel that a frontend left.</summary>
    ValueTask EndSessionAsync(string key, string sessionId);

    /// <summary>What the owner of an iModel does now.</summary>
    ValueTask<IModelStatus> GetStatusAsync(string key);

    /// <inheritdoc cref="LiveIModel.CallAsync"/>
    ValueTask<ReadOnlyMemory<byte>> CallLiveAsync(string key, LiveCall call, CancellationToken cancellationToken);

    /// <inheritdoc cref="LiveIModel.ReadAsync"/>
    ValueTask<LiveNews> ReadLiveAsync(string key, LiveRead read, CancellationToken cancellationToken);
}
