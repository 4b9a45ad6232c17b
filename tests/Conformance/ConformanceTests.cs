using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;
using Xunit.Abstractions;

namespace ITwinOrleans.Conformance.Tests;

/// <summary>Every operation answers as the Node.js backend does, over the same files; each difference has its reason in <c>differences.json</c>.</summary>
public sealed class ConformanceTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("itwin-files-").FullName;
    private IReadOnlyList<string> _files = [];

    public async Task InitializeAsync()
    {
        if (PeerFiles.IsAvailable)
            _files = await TestFiles.MakeAsync(_folder);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [PeerFact]
    public async Task Requests_atThePeer_coverEveryOperationAndAreAllAnswered()
    {
        await using RunningServer process = await PeerProgram.StartAsync(_files, "--preopen");
        var peer = new RpcEnd("The peer", process.Port);
        var nobody = new Facts { ITwinId = "", IModelId = "undefined" };
        JsonArray described = (await peer.SendAsync(nobody, "x-CONTROL-describeEndpoints", [])).Body!.AsArray();
        ILookup<string, ConformanceRequest> requests = RequestList.All.ToLookup(request => WithoutVersion(request.Operation));

        foreach (JsonNode? endpoint in described)
        {
            string name = endpoint!["interfaceName"]!.GetValue<string>();
            if (name == "PresentationRpcInterface")
                continue;
            foreach (JsonNode? operation in endpoint["operationNames"]!.AsArray())
                Assert.True(requests[$"{name}-{operation}"].Count() >= RequestList.FewestPerOperation, $"{name}.{operation}");
        }

        var succeeded = new HashSet<string>();
        foreach (string key in TestFiles.Keys)
        {
            Facts facts = await Facts.FindAsync(peer, key);
            foreach (ConformanceRequest request in RequestList.All)
            {
                Answer answer = await peer.SendAsync(facts, request.Operation, facts.Fill(request.Arguments));
                Assert.True(answer.Status >= 200, $"{request.Operation} {request.Name}: no answer");
                if (answer.Status < 300)
                    succeeded.Add(request.Operation);
            }
        }

        // The file has no view store, so nothing of it can succeed.
        Assert.Equal(["IModelReadRpcInterface-3.7.0-callViewStore"], RequestList.All.Select(request => request.Operation).Distinct().Except(succeeded));
    }

    [PeerFact]
    public async Task Answers_areThoseOfThePeerAndByDefaultDifferInTheirStatusOnly()
    {
        await using RunningServer process = await PeerProgram.StartAsync(_files, "--preopen");
        await using RunningServer server = await ApiProgram.StartAsync(_files, "--Tiles:Enabled", "false", "--Rpc:ErrorStatusCodes", "ByCategory");
        await using RunningServer asItIs = await ApiProgram.StartAsync(_files, "--Tiles:Enabled", "false");
        RpcEnd peer = new("The peer", process.Port), ours = new("The server", server.Port), byDefault = new("The server with its default statuses", asItIs.Port);
        KnownDifference[] known = JsonSerializer.Deserialize<KnownDifference[]>(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "differences.json")), new JsonSerializerOptions(JsonSerializerDefaults.Web))!;
        var faults = new List<string>();
        int compared = 0;

        foreach (string key in TestFiles.Keys)
        {
            Facts facts = await Facts.FindAsync(peer, key);
            await Facts.OpenAsync(ours, key);
            await Facts.OpenAsync(byDefault, key);
            foreach (ConformanceRequest request in RequestList.All)
            {
                JsonArray arguments = facts.Fill(request.Arguments);
                Answer theirs = await peer.SendAsync(facts, request.Operation, arguments), our = await ours.SendAsync(facts, request.Operation, arguments);
                string operation = request.Operation[(request.Operation.LastIndexOf('-') + 1)..];
                faults.AddRange(Comparison.Differences(theirs, our, request.IsUnordered)
                    .Where(found => !known.Any(item => item.Explains(operation, request.Name, key, found.Path, found.Peer)))
                    .Select(found => $"{operation} | {request.Name} | {key} | {found.Path}\n   peer {found.Peer}\n   ours {found.Ours}"));
                Answer expected = known.Aggregate(our, (answer, item) => item.WithDefaultStatus(answer));
                faults.AddRange(Comparison.Differences(expected, await byDefault.SendAsync(facts, request.Operation, arguments), request.IsUnordered)
                    .Where(found => !known.Any(item => item.Explains(operation, request.Name, key, found.Path, found.Peer)))
                    .Select(found => $"{operation} | {request.Name} | {key} | {found.Path}\n   by category {found.Peer}\n   by default {found.Ours}"));
                compared++;
            }
        }

        faults.AddRange(known.Where(item => item.Uses == 0).Select(item => $"out of date: {item.Operation} | {item.Request} | {item.File} | {item.Path}: {item.Reason}"));
        output.WriteLine($"{compared} answers compared, {faults.Count} unexplained.");
        Assert.True(faults.Count == 0, $"{faults.Count} of {compared}:\n{string.Join('\n', faults)}");
    }

    private static string WithoutVersion(string operation)
    {
        string[] parts = operation.Split('-');
        return $"{parts[0]}-{parts[^1]}";
    }
}
