using System.Buffers;
using ITwinOrleans.Backend.Rpc;
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
/// </list>
/// A reply that reaches nobody (its caller is gone, its connection broke before it was written) is left to the collector, so native memory
/// behind a reply needs a finalizer. <c>WaitForCancellationAcknowledgement</c> keeps that rare: a caller that cancels still gets what comes.
/// </remarks>
[RegisterSerializer]
internal sealed class RpcReplyCodec(IFieldCodec<RpcReplySurrogate> surrogates) : IFieldCodec<RpcReply>
{
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, RpcReply? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        ArgumentNullException.ThrowIfNull(value);
        using (value)
            surrogates.WriteField(ref writer, fieldIdDelta, typeof(RpcReplySurrogate), RpcReplySurrogate.From(value));
    }

    public RpcReply ReadValue<TInput>(ref Reader<TInput> reader, Field field) => surrogates.ReadValue(ref reader, field).ToReply();
}
