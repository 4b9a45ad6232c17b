using ITwinOrleans.Backend.Rpc;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Distribution.Payloads;

/// <summary>Fetches the payload of a reply that was too large for one message: in pieces, two on the way at a time, within the process's bound of bytes.</summary>
internal sealed class ReplyFetcher(IGrainFactory grains, IOptions<PayloadOptions> options)
{
    private readonly ByteBudget _budget = new(options.Value.MaxFetchedBytes);
    private readonly int _pieceBytes = options.Value.PieceBytes;

    /// <summary>The reply itself, or one with the payload in its place.</summary>
    /// <exception cref="PayloadLostException">The silo has the payload no more.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the silo gives the payload up.</exception>
    public ValueTask<RpcReply> FetchAsync(RpcReply reply, CancellationToken cancellationToken) =>
        reply.Binaries is RemotePayload payload ? new(FetchAsync(reply, payload, cancellationToken)) : new(reply);

    private async Task<RpcReply> FetchAsync(RpcReply reply, RemotePayload payload, CancellationToken cancellationToken)
    {
        var silo = grains.GetGrain<ISiloGrain>(payload.Silo);
        IDisposable? share = null;
        try
        {
            share = await _budget.EnterAsync(payload.Lengths.Sum(l => (long)l), cancellationToken).ConfigureAwait(false);
            var parts = new ReadOnlyMemory<byte>[payload.Lengths.Length];
            for (var part = 0; part < parts.Length; part++)
                parts[part] = await FetchPartAsync(silo, payload, part, cancellationToken).ConfigureAwait(false);
            var fetched = new RpcReply
            {
                Status = reply.Status, Json = parts[0], Binaries = parts[1..], Error = reply.Error, Freshness = reply.Freshness, Owner = share,
            };
            share = null;
            return fetched;
        }
        finally
        {
            share?.Dispose();
            await silo.ReleaseReplyAsync(payload.Id).ConfigureAwait(false);
        }
    }

    private async Task<byte[]> FetchPartAsync(ISiloGrain silo, RemotePayload payload, int part, CancellationToken cancellationToken)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(payload.Lengths[part]);
        Task<RpcReply?>? ahead = Ask(0);
        for (var offset = 0; ahead is not null; offset += _pieceBytes)
        {
            var now = ahead;
            ahead = Ask(offset + _pieceBytes);
            using var piece = await now.WaitAsync(cancellationToken).ConfigureAwait(false) ?? throw new PayloadLostException();
            piece.Binaries[0].CopyTo(bytes.AsMemory(offset));
        }

        return bytes;

        Task<RpcReply?>? Ask(int offset) => offset < bytes.Length
            ? silo.ReadReplyAsync(payload.Id, part, offset, Math.Min(_pieceBytes, bytes.Length - offset), cancellationToken).AsTask()
            : null;
    }
}
