using System.Diagnostics;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Conformance.Tests;

/// <summary>The iModels that both servers get: two recorded ones, and one that the peer's generator makes now.</summary>
internal static class TestFiles
{
    private const string Made = "made.bim";

    /// <summary>Their names, which are their keys.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["test.bim", "rich.bim", Made];

    /// <summary>Their paths.</summary>
    /// <param name="folder">Where the generator may write.</param>
    public static async Task<IReadOnlyList<string>> MakeAsync(string folder)
    {
        string made = Path.Combine(folder, Made);
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { "gen.mjs", made, "2", "40", "7" }, WorkingDirectory = PeerFiles.Folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process node = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        string output = await node.StandardOutput.ReadToEndAsync() + await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        return File.Exists(made)
            ? [Path.Combine(PeerFiles.Data, "test.bim"), Path.Combine(PeerFiles.Data, "rich.bim"), made]
            : throw new InvalidOperationException("The generator made nothing: " + output);
    }
}
