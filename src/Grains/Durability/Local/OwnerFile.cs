using System.Text.Json;
using ITwinOrleans.Grains.Files;

namespace ITwinOrleans.Grains.Durability.Local;

/// <summary>Reads and replaces the <c>.owner</c> file of an iModel: whole and durable, or not at all.</summary>
internal static class OwnerFile
{
    public static OwnerRecord? Read(string iModelPath)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(iModelPath)), OwnerRecordJson.Default.OwnerRecord);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException exception)
        {
            throw new IOException($"{PathOf(iModelPath)} is damaged. Remove it if no server has the iModel open.", exception);
        }
    }

    public static void Write(string iModelPath, OwnerRecord record) =>
        DurableFile.Replace(PathOf(iModelPath), JsonSerializer.SerializeToUtf8Bytes(record, OwnerRecordJson.Default.OwnerRecord));

    private static string PathOf(string iModelPath) => iModelPath + ".owner";
}
