using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ITwinOrleans.Serve.Bench;

/// <summary>Copies of an iModel, each with an id of its own, so that one server takes none for another. Gone when disposed.</summary>
internal sealed class IModelCopies(string source) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("itwin-copies-").FullName;

    /// <summary>Makes a copy.</summary>
    /// <returns>Its path.</returns>
    public string Make(string name)
    {
        string path = Path.Combine(_folder, name);
        using (FileStream from = File.OpenRead(source), to = File.Create(path))
            from.CopyTo(to, 1 << 20);
        using var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        file.Open();
        using SqliteCommand command = file.CreateCommand();
        command.CommandText = "UPDATE be_Prop SET Data = $id WHERE Namespace = 'be_Db' AND Name = 'DbGuid'";
        command.Parameters.AddWithValue("$id", Guid.NewGuid().ToByteArray());
        int changed = command.ExecuteNonQuery();
        return changed == 1 ? path : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{source} has {changed} ids."));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
