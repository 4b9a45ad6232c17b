using System.Text.Json.Nodes;

namespace ITwinOrleans.Tests.Support;

/// <summary>Checks what became of what editors were acknowledged.</summary>
internal static class ClusterHistory
{
    /// <summary>What is wrong: operations of the editors that are not there, or not once, in the history or in the iModel's elements; or that have another sequence.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(Uri api, string key, IEnumerable<ClusterEditor> editors)
    {
        Dictionary<string, List<long>> history = await ReadAsync(api, key);
        await using var viewer = new ClusterViewer(api, key);
        await viewer.StartAsync();
        Dictionary<string, int> labels = (await viewer.QueryAsync("SELECT UserLabel, count(*) FROM bis.Subject WHERE UserLabel IS NOT NULL GROUP BY UserLabel LIMIT 100000"))
            .ToDictionary(row => row![0]!.GetValue<string>(), row => (int)row![1]!.GetValue<double>());
        List<string> faults = [];
        foreach ((string operation, long sequence) in editors.Where(editor => editor.Key == key).SelectMany(editor => editor.Acknowledged))
        {
            if (!history.TryGetValue(operation, out List<long>? found))
                faults.Add($"{operation} (commit {sequence}) was acknowledged and is not in the history");
            else if (found is not [var only] || only != sequence)
                faults.Add($"{operation} was acknowledged as commit {sequence} and is {string.Join(", ", found)} in the history");
            if (labels.GetValueOrDefault(operation) != 1)
                faults.Add($"{operation} has {labels.GetValueOrDefault(operation)} elements");
        }

        return faults;
    }

    private static async Task<Dictionary<string, List<long>>> ReadAsync(Uri api, string key)
    {
        using var http = new HttpClient();
        Dictionary<string, List<long>> operations = [];
        for (long? before = null; ;)
        {
            JsonArray page = JsonNode.Parse(await http.GetStringAsync(new Uri(api, $"/api/imodels/{key}/history?count=1000{(before is null ? "" : $"&before={before}")}")))!.AsArray();
            foreach (JsonNode? commit in page)
            {
                before = commit!["sequence"]!.GetValue<long>();
                string operation = commit["operationId"]!.GetValue<string>();
                if (!operations.TryGetValue(operation, out List<long>? sequences))
                    operations[operation] = sequences = [];
                sequences.Add(before.Value);
            }

            if (page.Count == 0)
                return operations;
        }
    }
}
