using System.Diagnostics;
using ITwinOrleans.Native;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Samples.Plant;

if (args is not [{ Length: > 0 } output] || output.StartsWith('-'))
{
    Console.Error.WriteLine("Makes a sample iModel, a small process plant. Usage: dotnet run --project samples/Plant -- OUT.bim");
    return 2;
}

string path = Path.GetFullPath(output);
if (File.Exists(path) || Directory.Exists(path))
    return Fail($"{path} exists already. Delete it or choose another name.");
if (!Directory.Exists(Path.GetDirectoryName(path)))
    return Fail($"There is no folder {Path.GetDirectoryName(path)}.");

// Made under another name first: a file with the final name is complete.
string unfinished = path + ".unfinished";
try
{
    var watch = Stopwatch.StartNew();
    File.Delete(unfinished);
    await using NativeEngine engine = await NativeEngine.StartAsync();
    PlantSummary plant = await engine.RunAsync(platform => PlantFile.Create(platform, unfinished));
    File.Move(unfinished, path);
    Console.WriteLine(FormattableString.Invariant(
        $"{path}: {plant.Elements} elements in {plant.Models} models, {new FileInfo(path).Length / 1e6:0.0} MB, iModel {plant.IModelId}, made in {watch.Elapsed.TotalSeconds:0.0} s"));
    return 0;
}
catch (Exception exception) when (exception is NativeException or IOException or UnauthorizedAccessException)
{
    File.Delete(unfinished);
    return Fail($"{path} could not be made: {exception.Message}");
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}
