using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Owners;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Distribution.Payloads;

/// <summary>Decides how a reply leaves its silo: whole, or without its payload, which is then kept to be fetched.</summary>
internal sealed class ReplySender(ReplyOutbox outbox, ILocalSiloDetails silo, IOptions<PayloadOptions> options)
{
    private readonly string _silo = silo.SiloAddress.ToParsableString();

    /// <summary>What is written in the reply's place.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="isKept">Whether it is kept, and with it the duty to dispose it; otherwise the caller does when it has written.</param>
    public RpcReplySurrogate Send(RpcReply reply, out bool isKept)
    {
        isKept = false;
        if (!outbox.IsLarge(reply))
            return RpcReplySurrogate.From(reply);
        if (outbox.TryKeep(reply) is not { } id)
            return RpcReplySurrogate.From(Refusal(reply));
        isKept = true;
        return RpcReplySurrogate.From(reply, _silo, id);
    }

    private RpcReply Refusal(RpcReply reply) => PayloadSize.Of(reply) > options.Value.MaxReplyBytes
        ? Replies.Rejected("TooLarge", "The answer is too large.")
        : Replies.NoRoom();
}
