using System.Text;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Api.Tests.Hostile;

/// <summary>Requests that nobody means well with. Each is bytes as they go over the wire.</summary>
internal static class HostileRequests
{
    private const string Ids = "/t/v/mode/1/context/i/imodel/m/changeset/0/";
    private const string Good = Ids + "IModelReadRpcInterface-3.8.0-getDefaultViewId";
    private const string Token = """{"key":"test.bim","iTwinId":"i","iModelId":"m","changeset":{"id":"","index":0}}""";

    public static IEnumerable<(string Name, byte[] Bytes)> All =>
        [.. Paths().Select((target, i) => ($"path {i}: {Printable(target)}", RawRequest.Post(target, "[]").ToBytes())),
         .. GetPaths().Select((target, i) => ($"GET path {i}: {Printable(target)}", RawRequest.Get(target).ToBytes())),
         .. Headers(), .. Base64(), .. Json(), .. Multipart(), .. Sizes(), .. Lines()];

    private static IEnumerable<string> Paths()
    {
        string[] lasts =
        [
            "", "/", "-", "--", "---", "a-b", "a-b-c", "-1.0.0-x", "x--y", "IModelReadRpcInterface", "IModelReadRpcInterface-", "IModelReadRpcInterface-3.8.0",
            "IModelReadRpcInterface-3.8.0-", "IModelReadRpcInterface--getDefaultViewId", "IModelReadRpcInterface-3.8-getDefaultViewId",
            "IModelReadRpcInterface-3.8.0.1-getDefaultViewId", "IModelReadRpcInterface-99999999999999999999.0.0-getDefaultViewId",
            "IModelReadRpcInterface--3.8.0-getDefaultViewId", "IModelReadRpcInterface-3.8.0-beta-getDefaultViewId", "IModelReadRpcInterface-3.8.0-__proto__",
            "IModelReadRpcInterface-3.8.0-constructor", "IModelReadRpcInterface-3.8.0-hasOwnProperty", "IModelReadRpcInterface-3.8.0-toString",
            "IModelReadRpcInterface-3.8.0-getDefaultViewId%00", "IModelReadRpcInterface-3.8.0-getDefaultViewId%2e%2e", "__proto__-1.0.0-x", "constructor-CONTROL-x",
            "IModelReadRpcInterface-3.8.0-GETDEFAULTVIEWID", "imodelreadrpcinterface-3.8.0-getDefaultViewId", "%49ModelReadRpcInterface-3.8.0-getDefaultViewId",
            "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//....//etc/passwd", "..;/..;/etc/passwd", "%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
            "<script>alert(1)</script>-1.0.0-x", "%3Cscript%3E-1.0.0-x", "'%20OR%201=1--", "${jndi:ldap://x/y}-1.0.0-x", "{{7*7}}-1.0.0-x", "%n%n%n%s-1.0.0-x",
            "\u00e4\u00f6\u00fc-1.0.0-x", new string('a', 4000) + "-1.0.0-x", new string('-', 4000), string.Join("", Enumerable.Repeat("x/", 3000)) + "y",
        ];
        foreach (string last in lasts)
            yield return Ids + last;
        foreach (string root in (string[])["/", "//", "///////", "/..", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/.git/config", "/appsettings.json", "/api/../appsettings.json"])
            yield return root;
    }

    private static IEnumerable<string> GetPaths() =>
    [
        Ids + "x", Ids + "IModelReadRpcInterface-3.8.0-nothing", "/imodel/", "/imodel/../../etc/passwd", "//imodel//", "/a/imodel/%00", "/appsettings.json", "/web.config",
        "/wwwroot/../appsettings.json", "/%2e%2e/appsettings.json", "/..%2fappsettings.json", "/ITwinOrleans.Api.dll", "/%5c..%5c..%5cetc%5cpasswd", "/.env",
        "/tiles/a/tiles/b/c/..%2f..%2f..%2fetc%2fpasswd", "/tiles/../../etc/passwd/tiles/b/c/d", "/tiles/a/tiles/%2e%2e/x/y/z", "/tiles//tiles///",
        "/tiles/a/tiles/b/c/" + new string('d', 5000), "/tiles/a/tiles/b/c/%00", "/tiles/a/tiles/b/c/d?t=notatoken", "/tiles/a/tiles/b/c/d?t=" + new string('A', 5000),
        "/api/imodels/..%2f..%2fetc%2fpasswd", "/api/imodels/%2e%2e%2fappsettings.json", "/api/imodels/../../../etc/passwd", "/api/imodels/%00", "/api/imodels/nobody.bim",
        "/api/imodels/a%5cb", "/api/nothing", "/api/imodels/nobody.bim/file", "/health/nothing", "/openapi/nothing.json", "/openapi/../appsettings.json",
    ];

    private static IEnumerable<(string, byte[])> Headers()
    {
        RawRequest good = RawRequest.Post(Good, $"[{Token}]");
        yield return ("no activity", good.Without("X-Correlation-Id").ToBytes());
        yield return ("an activity of 10,000 characters", good.Without("X-Correlation-Id").With("X-Correlation-Id", new string('a', 10_000)).ToBytes());
        yield return ("a session of 10,000 characters", good.With("X-Session-Id", new string('s', 10_000)).ToBytes());
        yield return ("an application of 10,000 characters", good.With("X-Application-Id", new string('s', 10_000)).ToBytes());
        yield return ("headers over the limit", Enumerable.Range(0, 200).Aggregate(good, (request, i) => request.With($"X-Fill-{i}", new string('f', 1000))).ToBytes());
        yield return ("a header of 100,000 characters", good.With("X-Fill", new string('f', 100_000)).ToBytes());
        foreach (string type in (string[])["application/json", "application/x-www-form-urlencoded", "text/html", "text/xml", "multipart/mixed; boundary=b", "*/*", "text", ";;;", "text/plain; charset=utf-16", "text/plain; charset=nonsense", "a/b/c", "\u00ff"])
            yield return ("type " + Printable(type), (good with { ContentType = type }).ToBytes());
        foreach (string coding in (string[])["gzip", "br", "deflate", "nonsense", "gzip, gzip"])
            yield return ("coding " + coding, good.With("Content-Encoding", coding).ToBytes());
        yield return ("a negative length", Raw($"POST {Good} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Correlation-Id: a\r\nContent-Type: text/plain\r\nContent-Length: -5\r\n\r\n[]"));
        yield return ("a length that is none", Raw($"POST {Good} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Correlation-Id: a\r\nContent-Type: text/plain\r\nContent-Length: abc\r\n\r\n[]"));
        yield return ("a huge length", Raw($"POST {Good} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Correlation-Id: a\r\nContent-Type: text/plain\r\nContent-Length: 99999999999999\r\n\r\n[]"));
        yield return ("two lengths", Raw($"POST {Good} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Correlation-Id: a\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n[]"));
        yield return ("a bad transfer coding", Raw($"POST {Good} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Correlation-Id: a\r\nContent-Type: text/plain\r\nTransfer-Encoding: nonsense\r\n\r\n[]"));
        yield return ("bad chunks", Raw($"POST {Good} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Correlation-Id: a\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n[]\r\n0\r\n\r\n"));
        yield return ("a chunk of a huge size", Raw($"POST {Good} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Correlation-Id: a\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n"));
        yield return ("a header without a colon", Raw($"POST {Good} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nnonsense\r\n\r\n"));
        yield return ("a folded header", Raw($"POST {Good} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-A: b\r\n c\r\n\r\n"));
        yield return ("a null in a header", Raw($"POST {Good} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-A: b\0c\r\n\r\n"));
        yield return ("a space before a colon", Raw($"POST {Good} HTTP/1.1\r\nHost : a\r\nConnection: close\r\n\r\n"));
        yield return ("no host", Raw($"POST {Good} HTTP/1.1\r\nConnection: close\r\nX-Correlation-Id: a\r\n\r\n"));
        yield return ("two hosts", Raw($"POST {Good} HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"));
    }

    private static IEnumerable<(string, byte[])> Base64()
    {
        foreach (string parameters in (string[])
            ["%", "%zz", "%00", "a%20b", "W10!", "%0d%0aX-Injected:1", "W+0=", "YQ%3D%3D", "%2F%2F%2F%2F", "%24%24%24%24", "====", "A", "\u00e9", "%C3%A9", "-_-_", "e30%3D", "bnVsbA%3D%3D",
             "W10%3D&parameters=W10%3D", "WzFd", "Wzw%3D", new string('A', 30_000)])
            yield return ("base64 " + Printable(parameters), RawRequest.Get($"{Good}?parameters={parameters}").ToBytes());
        yield return ("base64 of deep JSON", RawRequest.Get($"{Good}?parameters={Uri.EscapeDataString(Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('[', 5000))))}").ToBytes());
    }

    private static IEnumerable<(string, byte[])> Json()
    {
        foreach (string json in (string[])
            ["", " ", "null", "true", "5", "\"text\"", "{}", "[", "]", "[,]", "[1,]", "{\"a\"", "[nan]", "[1e999999]", "\ufeff", "[\"\\ud800\"]", "[\"\\x\"]", "['a']", "[]]", "[] []",
             new string('[', 100_000), "[" + new string('{', 50_000), "[\"" + new string('\\', 99_999), "[null]", "[{}]", "[[]]", "[5]", "[{\"key\":5}]", "[{\"key\":null}]", "[{\"key\":\"\"}]",
             "[{\"key\":\"../../etc/passwd\"}]", "[{\"key\":\"/etc/passwd\"}]", "[{\"key\":\"test.bim\\u0000\"}]", "[{\"__proto__\":{\"key\":\"test.bim\"}}]",
             "[{\"key\":{\"$gt\":\"\"}}]", $"[{{\"key\":\"{new string('k', 100_000)}\"}}]"])
            yield return ("JSON " + Printable(json), RawRequest.Post(Good, json).ToBytes());
        yield return ("JSON of bytes that are no UTF-8", (RawRequest.Post(Good, "") with { Body = [0x5b, 0x22, 0xff, 0xfe, 0x80, 0x22] }).ToBytes());
        yield return ("JSON of nulls", (RawRequest.Post(Good, "") with { Body = new byte[1000] }).ToBytes());
        foreach (string key in (string[])["../../etc/passwd", "/etc/passwd", "..\\..\\windows\\win.ini", "file:///etc/passwd", "test.bim/../test.bim", "C:\\test.bim", "", ".", "..", "~/.bashrc", "http://169.254.169.254/latest"])
            yield return ("open " + Printable(key), RawRequest.Post(Ids + "SnapshotIModelRpcInterface-2.0.0-openRemote", System.Text.Json.JsonSerializer.Serialize(new[] { key })).ToBytes());
    }

    private static IEnumerable<(string, byte[])> Multipart()
    {
        foreach (string body in (string[])
            ["", "--b", "--b\r\n", "--b--", "--b\r\n\r\n\r\n--b--", "nothing", "--b\r\nContent-Disposition: form-data; name=\"objects\"\r\n\r\n[", "--b\r\nContent-Disposition: form-data; name=\"objects\"\r\n\r\n[\r\n--b--",
             "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n[]\r\n--b--", "--b\r\nContent-Disposition: ;;;;\r\n\r\n[]\r\n--b--", "--b\r\n" + new string('h', 100_000) + "\r\n\r\n[]\r\n--b--",
             "--b\r\nContent-Disposition: form-data; name=\"data-99999999999\"\r\n\r\n[]\r\n--b--", "--b\r\nContent-Disposition: form-data; name=\"data--1\"\r\n\r\n[]\r\n--b--",
             string.Concat(Enumerable.Repeat("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n", 5000)) + "--b--"])
            yield return ("multipart " + Printable(body), (RawRequest.Post(Good, body) with { ContentType = "multipart/form-data; boundary=b" }).ToBytes());
        foreach (string type in (string[])["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"", "multipart/form-data; boundary=" + new string('b', 5000), "multipart/form-data; boundary=\"b"])
            yield return ("type " + Printable(type), (RawRequest.Post(Good, "--b--") with { ContentType = type }).ToBytes());
        yield return ("a marker without its binary", RawRequest.Post(Good, "[{\"isBinary\":true,\"index\":5,\"size\":-1,\"chunks\":1}]").ToBytes());
        yield return ("an octet-stream where a token should be", (RawRequest.Post(Good, "") with { ContentType = "application/octet-stream", Body = new byte[100_000] }).ToBytes());
        yield return ("an empty octet-stream", (RawRequest.Post(Good, "") with { ContentType = "application/octet-stream", Body = [] }).ToBytes());
    }

    private static IEnumerable<(string, byte[])> Sizes()
    {
        yield return ("a body of 6 MB", RawRequest.Post(Good, "[" + new string(' ', 6_000_000) + "]").ToBytes());
        yield return ("an octet-stream of 6 MB", (RawRequest.Post(Good, "") with { ContentType = "application/octet-stream", Body = new byte[6_000_000] }).ToBytes());
        yield return ("multipart of 6 MB", (RawRequest.Post(Good, "") with { ContentType = "multipart/form-data; boundary=b", Body = new byte[6_000_000] }).ToBytes());
        yield return ("a request line of 40 KB", RawRequest.Get(Good + "?parameters=" + new string('A', 40_000)).ToBytes());
        yield return ("a request line of 1 MB", RawRequest.Get("/" + new string('a', 1_000_000)).ToBytes());
    }

    private static IEnumerable<(string, byte[])> Lines()
    {
        string rest = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Correlation-Id: a\r\n\r\n";
        foreach (string verb in (string[])["DELETE", "PUT", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "G\u00ebT", "", new string('M', 10_000)])
            yield return ("verb " + Printable(verb), Raw(verb + " " + Good + rest));
        foreach (string line in (string[])["nonsense\r\n\r\n", "GET\r\n\r\n", "GET /\r\n\r\n", $"POST {Good} HTTP/9.9\r\n\r\n", $"POST {Good} HTTP/1.1 \r\n\r\n", "\0\0\0\0\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n", $"POST  {Good} HTTP/1.1\r\n\r\n", "GET a b c HTTP/1.1\r\n\r\n"])
            yield return ("line " + Printable(line), Raw(line));
    }

    private static byte[] Raw(string text) => Encoding.Latin1.GetBytes(text);

    private static string Printable(string text) => string.Concat(text.Take(60).Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
