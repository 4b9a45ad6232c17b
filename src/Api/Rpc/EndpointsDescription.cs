using System.Buffers;
using System.Text.Json;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Api.Rpc;

/// <summary>The answer to <c>describeEndpoints</c>: every interface, its version and its operations.</summary>
internal static class EndpointsDescription
{
    /// <summary>Its JSON.</summary>
    public static ReadOnlyMemory<byte> Of(IRpcInterfaceCatalog catalog)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (RpcInterfaceDescription rpcInterface in catalog.Interfaces)
            {
                writer.WriteStartObject();
                writer.WriteString("interfaceName"u8, rpcInterface.Name);
                writer.WriteString("interfaceVersion"u8, rpcInterface.Version);
                writer.WriteStartArray("operationNames"u8);
                foreach (RpcOperationDescription operation in rpcInterface.Operations)
                    writer.WriteStringValue(operation.Name);
                writer.WriteEndArray();
                writer.WriteBoolean("compatible"u8, true);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenMemory;
    }
}
