using System.Text.Json.Nodes;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Parity.Tests.Steps;

/// <summary>What a step bound to a name: a native object, bytes, a JSON value or undefined.</summary>
internal sealed record BoundValue(NativeObject? Object, byte[]? Bytes, JsonNode? Json, bool IsUndefined)
{
    public static BoundValue From(NativeResult result) => result.Kind switch
    {
        NativeResultKind.Object => new BoundValue(result.Object, null, null, false),
        NativeResultKind.Binary => new BoundValue(null, result.Utf8.ToArray(), null, false),
        NativeResultKind.Undefined => new BoundValue(null, null, null, true),
        NativeResultKind.Null => new BoundValue(null, null, null, false),
        NativeResultKind.Boolean => new BoundValue(null, null, result.Boolean, false),
        NativeResultKind.Number => new BoundValue(null, null, result.Number, false),
        NativeResultKind.String => new BoundValue(null, null, result.GetText(), false),
        _ => new BoundValue(null, null, JsonNode.Parse(result.Utf8.Span), false),
    };
}
