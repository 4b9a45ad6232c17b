using System.Globalization;

namespace ITwinOrleans.Grains.Catalog;

/// <summary>
/// The keys of the named versions of a live iModel, which lie in a folder beside its file (<c>plants/a.bim.versions/000001.bim</c>). They are iModels
/// like others, found by their ids; lists do not show them.
/// </summary>
public static class VersionKey
{
    private const string Folder = ".versions";

    /// <summary>The key of a version.</summary>
    /// <param name="key">The live iModel's key.</param>
    /// <param name="index">The version's index, from 1.</param>
    public static string Of(string key, int index) => string.Create(CultureInfo.InvariantCulture, $"{key}{Folder}/{index:D6}{IModelKey.Extension}");

    /// <summary>Whether a key is that of a version.</summary>
    public static bool IsVersion(string key) => key.Contains(IModelKey.Extension + Folder + "/", StringComparison.Ordinal);
}
