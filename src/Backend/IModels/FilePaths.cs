using System.Text.RegularExpressions;

namespace ITwinOrleans.Backend.IModels;

/// <summary>Takes the paths of this machine out of messages: nobody outside may learn how its files lie.</summary>
internal static partial class FilePaths
{
    /// <summary>The message with a file's path as its key, and any other absolute path as its last part.</summary>
    public static string Remove(string message, string path, string key)
    {
        if (!message.Contains('/'))
            return message;
        message = message.Replace(path, key, StringComparison.Ordinal);
        return AbsolutePath().Replace(message, static match => match.Groups["name"].Value);
    }

    [GeneratedRegex("""(?<![\w:/.<])/(?:[^/\s'",;:]+/)+(?<name>[^/\s'",;:]*)""")]
    private static partial Regex AbsolutePath();
}
