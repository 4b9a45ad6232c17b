using System.Text.Json;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Elements;

/// <summary>Reads elements and models as JSON, from native memory into a text that is put together; on the engine thread.</summary>
internal static class ElementReader
{
    /// <summary>Appends an element's props.</summary>
    /// <param name="native">The iModel.</param>
    /// <param name="load">Which element and how: iTwin.js <c>ElementLoadProps</c>, JSON.</param>
    /// <param name="buffer">What to append to.</param>
    /// <returns>False when there is no such element, or it cannot be read: iTwin.js makes no difference.</returns>
    public static bool TryAppendElement(DgnDb native, NativeJson load, Utf8Buffer buffer)
    {
        try
        {
            using NativeResult element = native.Elements.Get(load);
            AppendElement(element.Utf8.Span, buffer);
            return true;
        }
        catch (NativeException)
        {
            return false;
        }
    }

    /// <summary>Appends a model's props; false when there is no such model.</summary>
    public static bool TryAppendModel(DgnDb native, string id, Utf8Buffer buffer)
    {
        try
        {
            using NativeResult model = native.Models.Get(LoadById(id));
            buffer.Write(model.Utf8.Span);
            return true;
        }
        catch (NativeException)
        {
            return false;
        }
    }

    /// <summary>An element's props; empty when there is none.</summary>
    public static ReadOnlyMemory<byte> ReadElement(DgnDb native, NativeJson load)
    {
        using var buffer = new Utf8Buffer();
        return TryAppendElement(native, load, buffer) ? buffer.WrittenMemory.ToArray() : default;
    }

    /// <summary>A model's props; empty when there is none.</summary>
    public static ReadOnlyMemory<byte> ReadModel(DgnDb native, string id)
    {
        using var buffer = new Utf8Buffer();
        return TryAppendModel(native, id, buffer) ? buffer.WrittenMemory.ToArray() : default;
    }

    /// <summary>Names an element by what iTwin.js takes for one: an id, else a federation GUID.</summary>
    public static NativeJson LoadByIdentifier(string identifier) =>
        Id64.IsWellFormed(identifier) ? LoadById(identifier) : Load("federationGuid"u8, identifier);

    /// <summary>Names an element or model by its id.</summary>
    public static NativeJson LoadById(string id) => Load("id"u8, id);

    private static NativeJson Load(ReadOnlySpan<byte> property, string value)
    {
        using var buffer = new Utf8Buffer(64);
        buffer.Write("{\""u8);
        buffer.Write(property);
        buffer.Write("\":"u8);
        buffer.Write(JsonText.Quote(value));
        buffer.Write("}"u8);
        return buffer.WrittenMemory.ToArray();
    }

    // Native code leaves the angles of a view out that is not turned; core-backend's ViewDefinition3d always has them.
    private static void AppendElement(ReadOnlySpan<byte> element, Utf8Buffer buffer)
    {
        if (element.IndexOf("\"cameraOn\""u8) < 0 || HasProperty(element, "angles"u8) || !HasProperty(element, "cameraOn"u8))
        {
            buffer.Write(element);
            return;
        }

        buffer.Write(element[..^1]);
        buffer.Write(",\"angles\":{}}"u8);
    }

    private static bool HasProperty(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
                return true;
            reader.Read();
            reader.Skip();
        }

        return false;
    }
}
