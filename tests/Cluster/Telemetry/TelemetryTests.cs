using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Cluster.Tests.Telemetry;

/// <summary>What a collector gets of requests that go through all processes.</summary>
public sealed class TelemetryTests : ClusterTest
{
    [Fact]
    public async Task Request_is_one_trace_from_the_Api_to_the_worker_and_commits_reach_the_journal_in_theirs()
    {
        using var collector = new Collector();
        string key = Keys(1)[0];
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(
            Editable, [key], 1, 1, "--Telemetry:Endpoint", collector.Endpoint, "--Telemetry:Protocol", "Http", "--Telemetry:MetricsInterval", "00:00:01");
        await using var editor = new ClusterEditor(cluster.Apis, key, "editor");
        await editor.InsertAsync();
        await using var viewer = new ClusterViewer(cluster.Apis[0], key);
        await viewer.StartAsync();

        await UntilAsync(() => Chains(collector, "worker.call").Any(IsRead), "the trace of a read; there are " + string.Join("; ", Chains(collector, "worker.call")));
        await UntilAsync(() => Chains(collector, "imodel.live").Any(chain => chain.EndsWith("itwin-silo imodel.live", StringComparison.Ordinal) && chain.StartsWith("itwin-api POST", StringComparison.Ordinal)), "the trace of a commit");
        await UntilAsync(() => collector.Spans.Any(span => span.Name == "journal.append" && span.Attributes["itwin.imodel"] == key), "the journal's span");
        CollectedSpan call = collector.Spans.First(span => span.Name == "imodel.call");
        Assert.Equal(("IModelReadRpcInterface", "queryRows"), (call.Attributes["rpc.service"], call.Attributes["rpc.method"]));
        Assert.True(Guid.TryParse(call.Attributes["itwin.activity.id"], out _), "The span does not have the frontend's activity id.");
        foreach (string metric in (string[])[
            "itwin-silo: itwin.call.duration", "itwin-silo: itwin.live.duration", "itwin-silo: itwin.opening.duration", "itwin-silo: itwin.journal.append.duration",
            "itwin-silo: itwin.imodels.open", "itwin-silo: itwin.calls.active", "itwin-silo: itwin.people", "itwin-api: http.server.request.duration"])
            await UntilAsync(() => collector.Metrics.Contains(metric), $"{metric}; there are {string.Join(", ", collector.Metrics)}");
    }

    private static bool IsRead(string chain) =>
        chain.StartsWith("itwin-api POST", StringComparison.Ordinal) && chain.Contains("itwin-silo imodel.call > itwin-silo worker.call", StringComparison.Ordinal);

    // For each span of a name: it and those above it, the uppermost first.
    private static IEnumerable<string> Chains(Collector collector, string name)
    {
        Dictionary<string, CollectedSpan> spans = collector.Spans.GroupBy(span => span.Id).ToDictionary(group => group.Key, group => group.First());
        foreach (CollectedSpan span in spans.Values.Where(span => span.Name == name))
        {
            List<string> chain = [];
            for (CollectedSpan? at = span; at is not null && chain.Count < 20; at = spans.GetValueOrDefault(at.Parent))
                chain.Insert(0, $"{at.Service} {at.Name}");
            yield return string.Join(" > ", chain);
        }
    }
}
