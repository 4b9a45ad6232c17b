using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.IModels;

/// <summary>The fonts of an iModel.</summary>
public sealed class Fonts : DbPart<DgnDb>
{
    internal Fonts(DgnDb db)
        : base(db)
    {
    }

    /// <summary>FontMapProps: the fonts by id.</summary>
    public NativeResult ReadMap() => Db.Call("readFontMap");

    /// <summary>Forgets the fonts that are cached, after the font table was changed.</summary>
    public void InvalidateMap() => Db.Invoke("invalidateFontMap");

    /// <summary>Embeds a font's file.</summary>
    /// <param name="id">The file's number.</param>
    /// <param name="faces">An array of FontFaceProps.</param>
    /// <param name="data">The font file.</param>
    /// <param name="compress">Whether it is stored compressed.</param>
    public void Embed(int id, NativeJson faces, ReadOnlyMemory<byte> data, bool compress) =>
        Db.Invoke("embedFontFile", id, faces, NativeArgument.Binary(data), compress);

    /// <summary>The ranges that a text takes: <c>{layout, justification}</c>.</summary>
    public NativeResult ComputeRanges(string characters, int fontId, bool bold, bool italic, double widthFactor, double height) =>
        Db.Call("computeRangesForText", characters, fontId, bold, italic, widthFactor, height);
}
