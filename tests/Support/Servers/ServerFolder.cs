namespace ITwinOrleans.Tests.Support;

/// <summary>A server's own folder: copies of iModels, and whatever it keeps. Gone when disposed.</summary>
internal sealed class ServerFolder : IDisposable
{
    private readonly string _folder;

    /// <summary>Copies files under their names.</summary>
    public ServerFolder(IEnumerable<string> files)
        : this(files.ToDictionary(file => Path.GetFileName(file), file => file))
    {
    }

    /// <summary>Copies files.</summary>
    /// <param name="files">The names that they are to have, and what is copied.</param>
    public ServerFolder(IReadOnlyDictionary<string, string> files)
    {
        _folder = Directory.CreateTempSubdirectory("itwin-server-").FullName;
        Data = Directory.CreateDirectory(PathOf("data")).FullName;
        foreach ((string name, string source) in files)
        {
            // Not File.Copy, which copies that a file is read-only, too.
            using FileStream from = File.OpenRead(source), to = File.Create(Path.Combine(Data, name));
            from.CopyTo(to, 1 << 20);
        }
    }

    /// <summary>The folder of the iModels.</summary>
    public string Data { get; }

    /// <summary>The path of something else in the server's folder.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
