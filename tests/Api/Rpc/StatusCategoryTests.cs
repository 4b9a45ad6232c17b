using System.Diagnostics;
using System.Globalization;
using ITwinOrleans.Api.Rpc;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Api.Tests.Rpc;

/// <summary>The table of statuses is the one of core-bentley, number for number.</summary>
public sealed class StatusCategoryTests
{
    [PeerFact]
    public async Task CodeOf_everyNumber_isThatOfCoreBentley()
    {
        const string Script = "const {StatusCategory} = require('@itwin/core-bentley');"
            + "for (let n = -10; n < 160000; n++) { const c = StatusCategory.for({ errorNumber: n }).code; if (c !== 500) console.log(n + ' ' + c); }";
        using Process node = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { "-e", Script }, WorkingDirectory = PeerFiles.Folder, RedirectStandardOutput = true,
        })!;
        var theirs = new Dictionary<int, int>();
        while (await node.StandardOutput.ReadLineAsync() is { } line)
        {
            string[] numbers = line.Split(' ');
            theirs[int.Parse(numbers[0], CultureInfo.InvariantCulture)] = int.Parse(numbers[1], CultureInfo.InvariantCulture);
        }

        await node.WaitForExitAsync();
        Assert.True(theirs.Count > 100, "core-bentley's table was not read");
        for (int number = -10; number < 160_000; number++)
            Assert.True(theirs.GetValueOrDefault(number, 500) == StatusCategory.CodeOf(number), $"{number}: {StatusCategory.CodeOf(number)}");
    }
}
