using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.IModels;

/// <summary>Files that are embedded in a database.</summary>
public sealed class EmbeddedFiles : DbPart<NativeDb>
{
    internal EmbeddedFiles(NativeDb db)
        : base(db)
    {
    }

    /// <summary>Embeds a file (EmbedFileArg: <c>name</c>, <c>localFileName</c>, <c>date</c>, ...).</summary>
    public void Embed(NativeJson file) => Db.Invoke("embedFile", file);

    /// <summary>Replaces an embedded file.</summary>
    public void Replace(NativeJson file) => Db.Invoke("replaceEmbeddedFile", file);

    /// <summary>Writes an embedded file to disk (<c>name</c>, <c>localFileName</c>).</summary>
    public void Extract(NativeJson file) => Db.Invoke("extractEmbeddedFile", file);

    /// <summary>Size, date and extension of an embedded file; undefined if there is none.</summary>
    public NativeResult Query(string name) => Db.Call("queryEmbeddedFile", name);

    /// <summary>Removes an embedded file.</summary>
    public void Remove(string name) => Db.Invoke("removeEmbeddedFile", name);
}
