namespace ITwinOrleans.Api.Live.Rest;

/// <summary>
/// A path below <c>/api/imodels</c> that goes on after the key: <c>plants/a.bim/feed</c>. A key may have slashes but ends in <c>.bim</c>, so its end is known.
/// </summary>
/// <param name="Key">The iModel's key.</param>
/// <param name="Resource">What of it: <c>feed</c>, <c>versions</c>, ...</param>
/// <param name="Index">The number in the path's next part (<c>versions/3/file</c>), or null.</param>
internal sealed record LivePath(string Key, string Resource, int? Index)
{
    private const string KeyEnd = ".bim/";

    /// <summary>Reads a path; null for one that ends with the key, or goes on with what is no resource's form.</summary>
    public static LivePath? Parse(string? path)
    {
        int end = path?.LastIndexOf(KeyEnd, StringComparison.Ordinal) ?? -1;
        if (end < 0)
            return null;
        string key = path![..(end + KeyEnd.Length - 1)];
        return path[(end + KeyEnd.Length)..].Split('/') switch
        {
            [{ Length: > 0 } resource] => new LivePath(key, resource, null),
            [var resource, var index, "file"] when int.TryParse(index, out int number) => new LivePath(key, resource, number),
            _ => null,
        };
    }
}
