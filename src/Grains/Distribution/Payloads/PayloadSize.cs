using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Grains.Distribution.Payloads;

/// <summary>Counts the bytes of replies.</summary>
internal static class PayloadSize
{
    /// <summary>The bytes of a reply's JSON and binaries.</summary>
    public static long Of(RpcReply reply)
    {
        long size = reply.Json.Length;
        for (var i = 0; i < reply.Binaries.Count; i++)
            size += reply.Binaries[i].Length;
        return size;
    }
}
