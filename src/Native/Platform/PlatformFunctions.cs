using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native;

/// <summary>Functions of the library that belong to no database.</summary>
public static class PlatformFunctions
{
    extension(NativePlatform platform)
    {
        /// <summary>The tile formats' versions (TileVersionInfo).</summary>
        public NativeResult GetTileVersionInfo() => platform.Call("getTileVersionInfo");

        /// <summary>The size in bytes up to which an iModel keeps its tiles in a file beside it.</summary>
        public void SetMaxTileCacheSize(long bytes) => platform.Invoke("setMaxTileCacheSize", bytes);

        /// <summary>How many threads a pool of the library has: <c>io</c> or <c>cpu</c>.</summary>
        public int QueryConcurrency(string pool) => (int)platform.CallNumber("queryConcurrency", pool);

        /// <summary>Decodes a PNG or JPEG (ImageBuffer); undefined if it cannot be decoded.</summary>
        public NativeResult ImageBufferFromSource(int sourceFormat, ReadOnlyMemory<byte> source, int targetFormat, bool flipVertically) =>
            platform.Call("imageBufferFromImageSource", sourceFormat, NativeArgument.Binary(source), targetFormat, flipVertically);

        /// <summary>Reads names and properties of a TrueType font file.</summary>
        public NativeResult GetTrueTypeFontMetadata(string path) => platform.Call("getTrueTypeFontMetadata", path);
    }
}
