using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ITwinOrleans.Grains.Files;

/// <summary>The rules of a name in a store: parts of letters, digits, <c>-</c>, <c>_</c> and <c>.</c> (not first), separated by <c>/</c>.</summary>
public static class StoredName
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <summary>The folder of an iModel's files, for any file key.</summary>
    public static string FolderOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));

    /// <summary>Checks a name.</summary>
    /// <exception cref="ArgumentException">It breaks the rules.</exception>
    public static void Check(string name)
    {
        if (name.Length is 0 or > 500 || name.Split('/').Any(part => part.Length == 0 || part[0] == '.' || part.AsSpan().ContainsAnyExcept(Allowed)))
            throw new ArgumentException($"\"{name}\" cannot be the name of a stored file.", nameof(name));
    }
}
