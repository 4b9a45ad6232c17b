using System.Text.Json.Nodes;

namespace ITwinOrleans.Conformance.Tests;

/// <summary>The requests of <c>requests.json</c>: by operation, each with a name and its arguments. Texts that begin with <c>$</c> stand for facts of the file.</summary>
internal static class RequestList
{
    /// <summary>The fewest requests of an operation: ordinary, edges, errors.</summary>
    public const int FewestPerOperation = 5;

    public static IReadOnlyList<ConformanceRequest> All { get; } = Read();

    private static List<ConformanceRequest> Read()
    {
        JsonObject root = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "requests.json")))!.AsObject();
        var all = new List<ConformanceRequest>();
        foreach ((string operation, JsonNode? requests) in root)
        {
            foreach ((string name, JsonNode? value) in requests!.AsObject())
            {
                JsonArray arguments = value is JsonObject described ? described["args"]!.AsArray() : value!.AsArray();
                all.Add(new ConformanceRequest(operation, name, arguments, value is JsonObject { } options && options["sort"]?.GetValue<bool>() == true));
            }
        }

        return all;
    }
}
