using System.Diagnostics;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Deploy.Tests;

/// <summary>The Dockerfile fits the repository and what the containers take from it.</summary>
public sealed class ImageTests
{
    private static string[] Stages => [.. Deployment.Commands.Where(c => c.StartsWith("FROM ", StringComparison.Ordinal)).Select(c => c.Split(' ')[^1])];

    [Fact]
    public void Every_container_has_its_target() => Assert.All(Deployment.Containers, container => Assert.Contains(container.Target, Stages));

    [Fact]
    public void What_is_copied_exists()
    {
        string[][] copies = [.. Deployment.Commands.Where(c => c.StartsWith("COPY ", StringComparison.Ordinal)).Select(c => c[5..].Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.NotEmpty(copies);
        foreach (string[] copy in copies)
        {
            if (copy[0].StartsWith("--from=", StringComparison.Ordinal))
                Assert.Contains(copy[0]["--from=".Length..], Stages);
            else
                Assert.All(copy[..^1], source => Assert.True(Path.Exists(Path.Combine(PeerFiles.Repository, source)), $"There is no {source}."));
        }
    }

    [Fact]
    public void Build_has_the_tools_that_it_needs()
    {
        string[] needed = [.. File.ReadAllLines(Path.Combine(PeerFiles.Repository, "build", "prerequisites.sh"))
            .SkipWhile(line => !line.StartsWith("need_build_tools()", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line != "}").Select(line => line.Trim().Split(' ')[2])];
        string installed = string.Join(' ', Deployment.Commands.Where(c => c.Contains("apt-get install", StringComparison.Ordinal)));
        Assert.Contains("cmake", needed);

        // Node.js and npm come from Node's image.
        Assert.All(needed.Except(["nodejs", "npm"]), package => Assert.Contains($" {package} ", installed + " ", StringComparison.Ordinal));
        Assert.Contains(Deployment.Commands, c => c.StartsWith("COPY --from=web /usr/local/bin/node ", StringComparison.Ordinal));
    }

    [Fact]
    public void Images_run_as_nobody_in_particular() => Assert.Contains("USER app", Deployment.Commands);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(60, 1)]
    public async Task Silo_is_alive_while_its_file_is_fresh(int age, int expected)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow - TimeSpan.FromSeconds(age));
            Assert.Equal(expected, await AliveAsync(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Silo_without_a_file_is_not_alive() => Assert.NotEqual(0, await AliveAsync("/nowhere/alive"));

    private static async Task<int> AliveAsync(string file)
    {
        var start = new ProcessStartInfo("sh", [Path.Combine(Deployment.Folder, "docker", "silo.sh"), "alive"]) { Environment = { ["Cluster__AliveFile"] = file }, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
