namespace ITwinOrleans.Serve.Bench.Load;

/// <summary>Requests that commit one new element each.</summary>
internal static class EditRequests
{
    /// <summary>So many commits, each with an operation id of its own.</summary>
    public static byte[][][] Make(string key, int count)
    {
        var requests = new RpcRequests(OpenIModel.None, Brotli: false);
        return [.. Enumerable.Range(0, count).Select(_ => new[] { requests.Plain("POST", $"/api/imodels/{key}/transactions", Transaction(), "application/json") })];
    }

    private static string Transaction() => $$$"""
        {"operationId":"{{{Guid.NewGuid():N}}}","operations":[{"action":"insert","entity":"element","props":{"classFullName":"BisCore:Subject","model":"0x1",
        "code":{"spec":"0x1","scope":"0x1","value":""},"parent":{"id":"0x1","relClassName":"BisCore:SubjectOwnsSubjects"},"userLabel":"bench"}}]}
        """;
}
