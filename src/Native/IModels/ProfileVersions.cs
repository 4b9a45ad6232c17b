using System.Text.Json;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Statements;

namespace ITwinOrleans.Native.IModels;

/// <summary>
/// The versions of a file's layers. The library says of a file that is too new only that its profile could not be determined; this says which
/// layer is newer than it.
/// </summary>
internal static class ProfileVersions
{
    /// <summary>What the library gives a new iModel: the newest that it can read.</summary>
    public static IReadOnlyDictionary<string, Version> Newest { get; } = new Dictionary<string, Version>
    {
        ["be_Db"] = new(3, 1, 0, 2),
        ["ec_Db"] = new(4, 0, 0, 5),
        ["dgn_Db"] = new(2, 0, 0, 7),
    };

    /// <summary>The versions that a file names.</summary>
    public static Dictionary<string, Version> Read(NativePlatform platform, string path)
    {
        using SQLiteDb db = SQLiteDb.Open(platform, path, rawSqlite: true);
        using var statement = new SqliteStatement(db, "select Namespace, StrData from be_Prop where Name='SchemaVersion'");
        var versions = new Dictionary<string, Version>();
        while (statement.Step())
        {
            using JsonDocument json = JsonDocument.Parse(statement.GetString(1) ?? "{}");
            versions[statement.GetString(0)!] = new Version(Part("major"), Part("minor"), Part("sub1"), Part("sub2"));

            int Part(string name) => json.RootElement.TryGetProperty(name, out JsonElement part) && part.TryGetInt32(out int number) ? Math.Max(0, number) : 0;
        }

        return versions;
    }

    /// <summary>The error with the layer that is too new in its message, or the error as it is.</summary>
    public static DbException Explain(DbException error, NativePlatform platform, string path)
    {
        if (error.Result != DbResult.BE_SQLITE_ERROR_InvalidProfileVersion)
            return error;
        try
        {
            Dictionary<string, Version> found = Read(platform, path);
            foreach ((string layer, Version newest) in Newest)
            {
                if (found.TryGetValue(layer, out Version? version) && version > newest)
                {
                    return new DbException($"{error.Message}: the file is too new, its {layer} profile is {version} and this library reads up to {newest}")
                    {
                        ErrorNumber = error.ErrorNumber, Scope = error.Scope, Key = error.Key, Name = error.Name,
                    };
                }
            }
        }
        catch (Exception exception) when (exception is NativeException or JsonException or FormatException)
        {
            // The file says nothing about its versions: then the library's own words must do.
        }

        return error;
    }
}
