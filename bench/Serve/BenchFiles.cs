using System.Diagnostics;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Serve.Bench;

/// <summary>The iModels that both servers get copies of.</summary>
internal static class BenchFiles
{
    /// <summary>The elements of the large file.</summary>
    public const int Elements = 20_000;

    /// <summary>A small one, 1.2 MB.</summary>
    public static string Test => Path.Combine(PeerFiles.Data, "test.bim");

    /// <summary>4 models of 1,250 elements, 13 MB.</summary>
    public static string Rich => Path.Combine(PeerFiles.Data, "rich.bim");

    /// <summary>A large one, made by the peer's generator at the first run and kept; <c>ITWIN_BENCH_LARGE</c> names one that is there already.</summary>
    public static string Large()
    {
        if (Environment.GetEnvironmentVariable("ITWIN_BENCH_LARGE") is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new FileNotFoundException("ITWIN_BENCH_LARGE names no file.", named);
        string made = Path.Combine(PeerFiles.Repository, "artifacts", "bench", "20k.bim");
        if (File.Exists(made))
            return made;
        Directory.CreateDirectory(Path.GetDirectoryName(made)!);
        string draft = Path.ChangeExtension(made, ".draft.bim");
        Console.Error.WriteLine($"Making an iModel of {Elements} elements, once");
        var start = new ProcessStartInfo("node", ["gen.mjs", draft, "4", "5000"]) { WorkingDirectory = PeerFiles.Folder, RedirectStandardOutput = true };
        using Process node = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        string output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        if (node.ExitCode != 0 || !File.Exists(draft))
            throw new InvalidOperationException("The generator made nothing: " + output);
        File.Move(draft, made);
        return made;
    }
}
