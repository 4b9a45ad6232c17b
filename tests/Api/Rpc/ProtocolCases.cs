using System.Text;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Api.Tests.Rpc;

/// <summary>The cases of the URL, the parameters, the results, the statuses and the versions. The iModel is <c>test.bim</c>, opened by its file key.</summary>
public static class ProtocolCases
{
    private const string Ids = "/t/v1.0/mode/1/context/00000000-0000-0000-0000-000000000000/imodel/dbd4826b-4f72-423c-b4fa-ff8205f2bae7/changeset/0/";
    private const string Read = Ids + "IModelReadRpcInterface-3.7.0-";
    private const string Tile = Ids + "IModelTileRpcInterface-3.2.0-";
    private const string Token = """{"key":"test.bim","iTwinId":"00000000-0000-0000-0000-000000000000","iModelId":"dbd4826b-4f72-423c-b4fa-ff8205f2bae7","changeset":{"id":"","index":0}}""";
    private const string ClosedToken = """{"key":"nobody.bim","iTwinId":"i","iModelId":"m","changeset":{"id":"","index":0}}""";

    /// <summary>Opens the iModel; both servers must have seen it before the cases.</summary>
    public static RawRequest Open { get; } = RawRequest.Post("/t/v1.0/mode/1/context//imodel/undefined/changeset/0/SnapshotIModelRpcInterface-2.0.0-openRemote", """["test.bim"]""");

    public static IReadOnlyList<ProtocolCase> All { get; } = [.. Urls(), .. Parameters(), .. Results(), .. Statuses(), .. Versions(), .. Malformed()];

    private static IEnumerable<ProtocolCase> Urls()
    {
        yield return new("an empty iTwin segment", Open, 200, body => body.Contains("\"key\":\"test.bim\""));
        yield return new("an URL of only the operation", RawRequest.Post("/IModelReadRpcInterface-3.7.0-getDefaultViewId", $"[{Token}]"), 200, IsViewId);
        yield return new("a slash at the end", RawRequest.Post(Read + "getDefaultViewId/", $"[{Token}]"), 200, IsViewId);
        yield return new("empty segments before the operation", RawRequest.Post("//a///IModelReadRpcInterface-3.7.0-getDefaultViewId", $"[{Token}]"), 200, IsViewId);
        yield return new("another title, version and prefix", RawRequest.Post("/a/prefix" + Read.Replace("/t/v1.0/", "/other/v9/", StringComparison.Ordinal) + "getDefaultViewId", $"[{Token}]"), 200, IsViewId);
        yield return new("another iModel in the URL than in a token with a plain key", RawRequest.Post(Read.Replace("dbd4826b", "00000000", StringComparison.Ordinal) + "getDefaultViewId", $"[{Token}]"), 200, IsViewId);
        yield return new("a query beside POST", RawRequest.Post(Read + "getDefaultViewId?a=b", $"[{Token}]"), 200, IsViewId);
        yield return new("describeEndpoints", RawRequest.Post("/t/v1.0/mode/1/context//imodel/undefined/changeset/0/SU1vZGVs-CONTROL-describeEndpoints", "[]"), 200, body => body.StartsWith("[{\"interfaceName\":", StringComparison.Ordinal) && body.Contains("\"compatible\":true"));
        yield return new("describeEndpoints with a slash in the id", RawRequest.Post("/t/v1.0/mode/1/context//imodel/undefined/changeset/0/SU1v/ZGVs==-CONTROL-describeEndpoints", "[]"), 200, body => body.StartsWith("[{\"interfaceName\":", StringComparison.Ordinal));
        yield return new("a preflight", new RawRequest("OPTIONS", Read + "getDefaultViewId") { Headers = [("Origin", "http://127.0.0.1:3000"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "x-correlation-id,x-protocol-version")] }, 200, _ => true) { ContentType = null };
    }

    private static IEnumerable<ProtocolCase> Parameters()
    {
        yield return new("GET with base64", Get("getDefaultViewId", $"[{Token}]"), 200, IsViewId);
        yield return new("GET with base64 not escaped", RawRequest.Get(Read + "getDefaultViewId?parameters=" + Base64($"[{Token}]")), 200, IsViewId);
        yield return new("GET with base64 without padding", RawRequest.Get(Read + "getDefaultViewId?parameters=" + Base64($"[{Token}]").TrimEnd('=')), 200, IsViewId);
        yield return new("GET with Latin-1, not UTF-8", Get("getClassHierarchy", $"[{Token},\"\u00fc\u00e9\"]"), 400, body => body.Contains("\u00fc\u00e9"));
        yield return new("POST with parameters in the URL", new RawRequest("POST", Read + "getDefaultViewId?parameters=" + Base64($"[{Token}]")), 200, IsViewId);
        yield return new("GET with empty parameters", RawRequest.Get(Read + "getDefaultViewId?parameters="), 500, IsError(32768, "Invalid JSON"));
        yield return new("GET without parameters", RawRequest.Get(Read + "getDefaultViewId"), 500, IsError(32768, "Invalid JSON"));
        yield return new("text with a character set", RawRequest.Post(Read + "getDefaultViewId", $"[{Token}]") with { ContentType = "text/plain; charset=utf-8" }, 200, IsViewId);
        yield return new("text in UTF-8", RawRequest.Post(Read + "getClassHierarchy", $"[{Token},\"\u6771\u4eac\"]"), 400, body => body.Contains("\u6771\u4eac"));
        yield return new("a multipart body without binary", Multipart("getDefaultViewId", ("objects", $"[{Token}]")), 200, IsViewId);
        yield return new("a multipart body with binary", Multipart("getDefaultViewId", ("objects", $$$"""[{{{Token}}},{"isBinary":true,"index":0,"size":3,"chunks":1}]"""), ("data-0", "abc")), 200, IsViewId);
        yield return new("an octet-stream is the first argument", new RawRequest("POST", Read + "getDefaultViewId") { ContentType = "application/octet-stream", Body = [1, 2, 3] }, 404, body => body.Contains("notFound"));
        yield return new("application/json is not read", RawRequest.Post(Read + "getDefaultViewId", $"[{Token}]") with { ContentType = "application/json" }, 500, IsError(32768, "Invalid JSON"));
        yield return new("text/html is not read", RawRequest.Post(Read + "getDefaultViewId", $"[{Token}]") with { ContentType = "text/html" }, 500, IsError(32768, "Invalid JSON"));
        yield return new("no content type", RawRequest.Post(Read + "getDefaultViewId", $"[{Token}]") with { ContentType = null }, 500, IsError(32768, "Invalid JSON"));
    }

    private static IEnumerable<ProtocolCase> Results()
    {
        yield return new("undefined is an empty body", RawRequest.Post(Tile + "getTileCacheConfig", $"[{Token}]"), 200, body => body.Length == 0);
        yield return new("binary inside a result is multipart", RawRequest.Post(Read + "queryBlob", $$"""[{{Token}},{"kind":2,"className":"BisCore:GeometricElement3d","accessString":"GeometryStream","instanceId":"0x38"}]"""), 200, body => body.Contains("name=\"objects\"")) { ContentType = "multipart/form-data" };
        yield return new("an ECSQL error is a result", RawRequest.Post(Read + "queryRows", $$$"""[{{{Token}}},{"kind":1,"query":"SELECT nothing FROM nowhere","args":{},"limit":{"offset":0,"count":-1}}]"""), 200, body => body.Contains("\"status\":1") && body.Contains("\"error\""));
        yield return new("no iModel is needed", RawRequest.Post(Ids + "IModelTileRpcInterface-3.2.0-queryVersionInfo", "[]"), 200, body => body == """{"formatVersion":2424832}""");
    }

    private static IEnumerable<ProtocolCase> Statuses()
    {
        RawRequest missing = RawRequest.Post(Read + "getElementProps", $"[{Token},[\"0x999999\"]]");
        yield return new("element not found", missing, 404, IsError(65574, "not found"));
        yield return new("element not found, protocol 1", WithVersion(missing, "1"), 500, IsError(65574, "not found"));
        yield return new("element not found, no protocol version", missing.Without("X-Protocol-Version"), 500, IsError(65574, "not found"));
        yield return new("element not found, a protocol version that is none", WithVersion(missing, "two"), 500, IsError(65574, "not found"));
        yield return new("element not found, a protocol version with a rest", WithVersion(missing, "2.5"), 404, IsError(65574, "not found"));
        RawRequest closed = RawRequest.Post(Read + "getDefaultViewId", $"[{ClosedToken}]");
        yield return new("iModel not open", closed, 404, body => body == """{"iTwinRpcCoreResponse":true,"managedStatus":"notFound","responseValue":"{\"message\":\"iModel not found\",\"isIModelNotFoundResponse\":true}"}""");
        yield return new("iModel not open, protocol 1", WithVersion(closed, "1"), 404, body => body == """{"message":"iModel not found","isIModelNotFoundResponse":true}""");
        yield return new("iModel not open, no protocol version", closed.Without("X-Protocol-Version"), 404, body => body == """{"message":"iModel not found","isIModelNotFoundResponse":true}""");
        RawRequest nothing = RawRequest.Post(Read + "getViewThumbnail", $"[{Token},\"0x1\"]");
        yield return new("no content", nothing, 204, body => body.Length == 0) { ContentType = null };
        yield return new("no content, protocol 1", WithVersion(nothing, "1"), 204, body => body.Length == 0) { ContentType = null };
        yield return new("no content, no protocol version", nothing.Without("X-Protocol-Version"), 500, IsError(65604, ""));
        RawRequest badFormat = RawRequest.Post(Tile + "requestElementGraphics", $$"""[{{Token}},{"elementId":"0x1","id":"r1","toleranceLog10":-2,"formatVersion":99999999}]""");
        yield return new("a bad argument", badFormat, 400, IsError(65542, ""));
        yield return new("a bad argument, no protocol version", badFormat.Without("X-Protocol-Version"), 500, IsError(65542, ""));
        yield return new("an error without a number", RawRequest.Post(Read + "getToolTipMessage", $"[{Token},5]"), 500, body => body.Contains("\"isError\":true"));
    }

    private static IEnumerable<ProtocolCase> Versions()
    {
        foreach (string good in (string[])["3.7.0", "3.6.0", "3.5.0", "3.0.0"])
            yield return new($"a frontend of IModelRead {good}", RawRequest.Post(Ids + $"IModelReadRpcInterface-{good}-getDefaultViewId", $"[{Token}]"), 200, IsViewId);
        foreach (string bad in (string[])["3.9.0", "2.7.0", "4.0.0", "3.7.0-dev.1"])
        {
            RawRequest request = RawRequest.Post(Ids + $"IModelReadRpcInterface-{bad}-getDefaultViewId", $"[{Token}]");
            yield return new($"a frontend of IModelRead {bad}", request, 403, IsError(135168, $"does not match frontend version {bad} for RPC interface getDefaultViewId."));
            yield return new($"a frontend of IModelRead {bad}, no protocol version", request.Without("X-Protocol-Version"), 500, IsError(135168, "does not match frontend version"));
        }

        yield return new("a frontend of DevTools 0.6.0", RawRequest.Post(Ids + "DevToolsRpcInterface-0.6.0-ping", $"[{Token}]"), 403, IsError(135168, "does not match"));
        yield return new("a frontend of IModelTile 3.1.0", RawRequest.Post(Ids + "IModelTileRpcInterface-3.1.0-queryVersionInfo", "[]"), 200, body => body.Contains("2424832"));
    }

    private static IEnumerable<ProtocolCase> Malformed()
    {
        yield return new("an unknown interface", RawRequest.Post(Ids + "NobodyRpcInterface-1.0.0-do", $"[{Token}]"), 500, IsError(32768, "RPC interface \\\"NobodyRpcInterface\\\" is not initialized."));
        yield return new("an unknown operation", RawRequest.Post(Read + "nothing", $"[{Token}]"), 500, IsError(32768, "declare operation \\\"nothing\\\""));
        yield return new("an operation's prototype member", RawRequest.Post(Read + "toString", $"[{Token}]"), 500, IsError(32768, "declare operation \\\"toString\\\""));
        yield return new("another control operation", RawRequest.Post(Ids + "x-CONTROL-y", "[]"), 500, IsError(32768, "is not initialized"));
        yield return new("a last segment without hyphens", RawRequest.Post("/hello", "[]"), 500, IsError(32768, "is not initialized"));
        yield return new("malformed JSON", RawRequest.Post(Read + "getDefaultViewId", "[{"), 500, IsError(32768, "Invalid JSON"));
        yield return new("malformed JSON by GET", Get("getDefaultViewId", "[{"), 500, IsError(32768, "Invalid JSON"));
        yield return new("malformed base64", RawRequest.Get(Read + "getDefaultViewId?parameters=%25%25"), 400, body => body.Contains("Malformed URL parameters") && body.Contains("\"isError\":true")) { ContentType = null };
        yield return new("a plus sign in base64 that was not escaped", RawRequest.Get(Read + "getDefaultViewId?parameters=W+0="), 400, body => body.Contains("Malformed URL parameters")) { ContentType = null };
        yield return new("no activity", RawRequest.Post(Read + "getDefaultViewId", $"[{Token}]").Without("X-Correlation-Id"), 400, body => body == """{"message":"Error: Invalid request: Missing required activity ID.","isError":true}""") { ContentType = null };
        yield return new("an empty activity", RawRequest.Post(Read + "getDefaultViewId", $"[{Token}]").Without("X-Correlation-Id").With("X-Correlation-Id", ""), 400, body => body.Contains("Missing required activity ID")) { ContentType = null };
        yield return new("a POST to the root", RawRequest.Post("/", "[]"), 400, body => body.Contains("\"isError\":true")) { ContentType = null };
        yield return new("a multipart body without boundary", RawRequest.Post(Read + "getDefaultViewId", "x") with { ContentType = "multipart/form-data" }, 400, body => body.Contains("\"isError\":true")) { ContentType = null };
        yield return new("a multipart body of another kind", RawRequest.Post(Read + "getDefaultViewId", "x") with { ContentType = "multipart/mixed; boundary=b" }, 500, IsError(32768, "Invalid JSON"));
        yield return new("a body over the limit", RawRequest.Post(Read + "getDefaultViewId", "[" + new string(' ', 6_000_000) + "]"), 413, _ => true) { ContentType = null };
    }

    private static bool IsViewId(string body) => body is "\"0\"";

    private static RawRequest Get(string operation, string json) => RawRequest.Get(Read + operation + "?parameters=" + Uri.EscapeDataString(Base64(json)));

    private static string Base64(string json) => Convert.ToBase64String(Encoding.Latin1.GetBytes(json));

    private static RawRequest WithVersion(RawRequest request, string version) => request.Without("X-Protocol-Version").With("X-Protocol-Version", version);

    private static Func<string, bool> IsError(int number, string message) =>
        body => body.Contains($"\"errorNumber\":{number}") && body.Contains("\"isError\":true") && body.Contains(message, StringComparison.OrdinalIgnoreCase);

    private static RawRequest Multipart(string operation, params (string Name, string Content)[] parts)
    {
        var body = new StringBuilder();
        foreach ((string name, string content) in parts)
            body.Append($"--bo\r\nContent-Disposition: form-data; name=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n{content}\r\n");
        body.Append("--bo--\r\n");
        return new RawRequest("POST", Read + operation) { ContentType = "multipart/form-data; boundary=bo", Body = Encoding.UTF8.GetBytes(body.ToString()) };
    }
}
