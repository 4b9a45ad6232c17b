using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.IModels;

/// <summary>The file properties of a database: text or bytes by namespace, name, id and sub id (FilePropertyProps).</summary>
public sealed class FileProperties : DbPart<NativeDb>
{
    internal FileProperties(NativeDb db)
        : base(db)
    {
    }

    /// <summary>A property's text; null if there is none.</summary>
    public string? QueryText(NativeJson property)
    {
        using NativeResult value = Db.Call("queryFileProperty", property, true);
        return value.HasValue ? value.GetText() : null;
    }

    /// <summary>A property's bytes; undefined if there are none.</summary>
    public NativeResult QueryBlob(NativeJson property) => Db.Call("queryFileProperty", property, false);

    /// <summary>Saves a property. Without text and bytes it is deleted.</summary>
    public void Save(NativeJson property, string? text, ReadOnlyMemory<byte>? blob = null) =>
        Db.Invoke("saveFileProperty", property, text, blob is { } bytes ? NativeArgument.Binary(bytes) : NativeArgument.Undefined);

    /// <summary>Deletes a property.</summary>
    public void Delete(NativeJson property) => Save(property, null);

    /// <summary>The next unused id of a property.</summary>
    public int QueryNextAvailable(NativeJson property) => (int)Db.CallNumber("queryNextAvailableFileProperty", property);
}
