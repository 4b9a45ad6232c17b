using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Tiles;

/// <summary>
/// The query of tile URLs. The frontend fetches tiles without its access token, so the query itself says that the bearer may read this
/// version of this iModel until a time, signed. Its text is the same for everybody for a day, or browsers and proxies could share nothing.
/// </summary>
internal sealed class TileTicket(IOptions<TileOptions> options, TimeProvider time)
{
    private const string KeyFile = "signing.key";
    private const int KeyLength = 32;
    private readonly Lazy<byte[]> _key = new(() => ReadOrMakeKey(
        Path.GetFullPath(options.Value.SigningKeyFile.Length > 0 ? options.Value.SigningKeyFile : Path.Combine(options.Value.Folder, KeyFile))));

    /// <summary>Makes the query for a version of an iModel.</summary>
    public string Issue(TileSourceIModel iModel, out DateTimeOffset expires)
    {
        // The end of tomorrow: at least a day away.
        expires = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(2);
        string until = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"v={iModel.Version}&e={until}&s={Sign(iModel.IModelId, iModel.Version, until)}";
    }

    /// <summary>Whether the query is a good one for the iModel.</summary>
    public bool IsValid(string iModelId, IQueryCollection query)
    {
        string version = query["v"].ToString(), until = query["e"].ToString(), signature = query["s"].ToString();
        return long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds > time.GetUtcNow().ToUnixTimeSeconds()
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(iModelId, version, until)), Encoding.UTF8.GetBytes(signature));
    }

    private string Sign(string iModelId, string version, string until) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{iModelId.ToLowerInvariant()}\n{version}\n{until}")));

    /// <summary>The key outlives the process: URLs that browsers have stay good after a restart. Of several that make one at once, the first one's is everybody's.</summary>
    private static byte[] ReadOrMakeKey(string path)
    {
        if (ReadKey(path) is { } kept)
            return kept;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        byte[] key = RandomNumberGenerator.GetBytes(KeyLength);
        string partial = $"{path}.{Guid.NewGuid():N}.partial";
        var owner = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            owner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(partial, owner))
            file.Write(key);
        try
        {
            File.Move(partial, path, overwrite: File.Exists(path) && ReadKey(path) is null);
            return key;
        }
        catch (IOException) when (ReadKey(path) is not null)
        {
            File.Delete(partial);
            return ReadKey(path)!;
        }
    }

    private static byte[]? ReadKey(string path) => File.Exists(path) && File.ReadAllBytes(path) is { Length: KeyLength } key ? key : null;
}
