using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Live;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Owners;
using Orleans.Concurrency;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>The owner of an iModel, wherever in the cluster it is. The grain's key is the iModel's file key.</summary>
public interface IIModelGrain : IGrainWithStringKey
{
    /// <inheritdoc cref="IModelOwner.InvokeAsync"/>
    /// <remarks>Interleaves: no call waits for another. See <see cref="RpcReplyCodec"/> for who owns the reply's memory.</remarks>
    [AlwaysInterleave]
    ValueTask<RpcReply> InvokeAsync([Immutable] RpcCall call, CancellationToken cancellationToken);

    /// <summary>An Api has many calls of the iModel: where it is a fixed version and its owner has too much to do, another silo serves it, too.</summary>
    /// <returns>The silos (<c>SiloAddress.ToParsableString</c>) that do; one that is being made ready is named the next time.</returns>
    [AlwaysInterleave]
    ValueTask<string[]> SpreadAsync();

    /// <inheritdoc cref="IModelOwner.Status"/>
    [AlwaysInterleave]
    ValueTask<IModelStatus> GetStatusAsync();

    /// <inheritdoc cref="IModelOwner.EndSession"/>
    [AlwaysInterleave]
    ValueTask EndSessionAsync(string sessionId);

    /// <summary>Closes the iModel here and opens it on another silo. Calls that come meanwhile wait.</summary>
    /// <param name="silo">The silo's address (<c>SiloAddress.ToParsableString</c>).</param>
    /// <param name="evenBusy">Whether also where a call or a write is on its way; it is finished first.</param>
    /// <returns>Whether it moves.</returns>
    [AlwaysInterleave]
    ValueTask<bool> MoveAsync(string silo, bool evenBusy);

    /// <summary>Closes the iModel here because the silo ends and there is no other that could have it, once the calls and writes that it has are done.</summary>
    [AlwaysInterleave]
    ValueTask DrainAsync();

    /// <inheritdoc cref="LiveIModel.CallAsync"/>
    [AlwaysInterleave]
    ValueTask<ReadOnlyMemory<byte>> CallLiveAsync([Immutable] LiveCall call, CancellationToken cancellationToken);

    /// <inheritdoc cref="LiveIModel.ReadAsync"/>
    [AlwaysInterleave]
    ValueTask<LiveNews> ReadLiveAsync([Immutable] LiveRead read, CancellationToken cancellationToken);
}
