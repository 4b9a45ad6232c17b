using System.Buffers;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Distribution.Payloads;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Carries an <see cref="RpcReply"/> to another process, and with it the duty to dispose it.</summary>
/// <remarks>
/// A reply is disposed exactly once, and who does it depends on where the caller is:
/// <list type="bullet">
/// <item>In the grain's own silo the caller gets the very object (<see cref="RpcReplyCopier"/> copies nothing) and disposes it.</item>
/// <item>Elsewhere its bytes are written to the connection once. The silo's reply has then done its duty and is disposed here; the caller gets
/// another one, over ordinary memory, whose disposal is harmless.</item>
/// <item>One that is too large for a message goes into the silo's <see cref="ReplyOutbox"/>, which disposes it; the caller gets a
/// <see cref="RemotePayload"/> in its place and fetches it.</item>
/// </list>
/// A reply that reaches nobody (its caller is gone, its connection broke before it was written) is left to the collector, so native memory
/// behind a reply needs a finalizer. <c>WaitForCancellationAcknowledgement</c> keeps that rare: a caller that cancels still gets what comes.
/// </remarks>
[RegisterSerializer]
internal sealed class RpcReplyCodec(IFieldCodec<RpcReplySurrogate> surrogates, IServiceProvider services) : IFieldCodec<RpcReply>
{
    // Made with the serializer, which is there before the silo is; an Api has none.
    private readonly Lazy<ReplySender?> _sender = new(services.GetService<ReplySender>);

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, RpcReply? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (value is null)
        {
            ReferenceCodec.WriteNullReference(ref writer, fieldIdDelta);
            return;
        }

        var isKept = false;
        var surrogate = _sender.Value is { } sender ? sender.Send(value, out isKept) : RpcReplySurrogate.From(value);
        surrogates.WriteField(ref writer, fieldIdDelta, typeof(RpcReplySurrogate), surrogate);
        if (!isKept)
            value.Dispose();
    }

    public RpcReply ReadValue<TInput>(ref Reader<TInput> reader, Field field) =>
        field.WireType == WireType.Reference ? ReferenceCodec.ReadReference<RpcReply, TInput>(ref reader, field)! : surrogates.ReadValue(ref reader, field).ToReply();
}
