using System.Security.Cryptography;
using System.Text;

namespace ITwinOrleans.Api.Tiles;

/// <summary>One tile of one version of an iModel, as the frontend's URL names it.</summary>
internal sealed record TileAddress(TileSourceIModel IModel, string TreeId, string Guid, string ContentId)
{
    /// <summary>No id of the native library is nearly as long.</summary>
    private const int MaxLength = 512;

    /// <summary>Whether the parts can be ids: short, printable, ASCII. They never become a part of a path of the file system.</summary>
    public static bool IsValid(params ReadOnlySpan<string> parts)
    {
        foreach (string part in parts)
        {
            if (part.Length is 0 or > MaxLength || part.AsSpan().ContainsAnyExceptInRange('!', '~'))
                return false;
        }

        return true;
    }

    /// <summary>The name in the cache: a hash, because <c>guid</c> may be just "first" and ids may contain anything.</summary>
    public string CacheKey()
    {
        byte[] identity = Encoding.UTF8.GetBytes(string.Join('\n', IModel.IModelId, IModel.ChangesetId, IModel.Version, TreeId, Guid, ContentId));
        return Convert.ToHexStringLower(SHA256.HashData(identity));
    }
}
