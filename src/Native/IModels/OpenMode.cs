namespace ITwinOrleans.Native.IModels;

/// <summary>How a file is opened (iTwin.js: <c>OpenMode</c>).</summary>
public enum OpenMode
{
    /// <summary>Nothing can be changed.</summary>
    Readonly = 1,

    /// <summary>For reading and writing.</summary>
    ReadWrite = 2,
}
