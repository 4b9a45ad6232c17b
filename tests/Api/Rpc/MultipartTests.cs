using System.Diagnostics;
using System.Text;
using ITwinOrleans.Api.Rpc;
using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Api.Tests.Rpc;

/// <summary>Multipart bodies both ways.</summary>
public sealed class MultipartTests
{
    private const string Token = """{"key":"test.bim","iTwinId":"i","iModelId":"m","changeset":{"id":"","index":0}}""";
    private const string Path = "/t/v/mode/1/context/i/imodel/m/changeset/0/IModelReadRpcInterface-3.8.0-queryBlob";

    [Fact]
    public async Task Request_multipartOfABrowser_reachesTheOperationAsItWas()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        byte[] binary = [0, 13, 10, 45, 45, 255, 13, 10];
        using var content = new MultipartFormDataContent("----WebKitFormBoundaryA");
        content.Add(new StringContent($$$"""[{{{Token}}},{"isBinary":true,"index":0,"size":8,"chunks":1}]"""), "objects");
        content.Add(new ByteArrayContent(binary), "data-0", "blob");
        content.Add(new ByteArrayContent([]), "data-1", "blob");

        RawResponse response = await RawHttp.SendAsync(server.Port, new RawRequest("POST", Path)
        {
            ContentType = content.Headers.ContentType!.ToString(), Body = await content.ReadAsByteArrayAsync(),
        });

        Assert.Equal(200, response.Status);
        Assert.True(server.Router.Calls.TryDequeue(out var received));
        Assert.Equal(binary, received.Call.Binaries[0].ToArray());
        Assert.Equal(0, received.Call.Binaries[1].Length);
        Assert.StartsWith($"[{Token},", Encoding.UTF8.GetString(received.Call.Parameters.Span), StringComparison.Ordinal);
    }

    [PeerFact]
    public async Task Response_multipart_isReadByTheFrontendsOwnParser()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        RawResponse response = await RawHttp.SendAsync(server.Port, RawRequest.Post(Path, $"[{Token},{{}}]"));
        const string Script = "const { RpcMultipartParser } = require(process.cwd() + '/node_modules/@itwin/core-common/lib/cjs/rpc/web/multipart/RpcMultipartParser.js');"
            + "const v = new RpcMultipartParser(process.argv[1], new Uint8Array(Buffer.from(process.argv[2], 'base64'))).parse();"
            + "console.log(v.objects + '|' + v.data.map((d) => Array.from(d).join(',')).join('|'));";

        using Process node = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { "-e", Script, response.Header("Content-Type")!, Convert.ToBase64String(response.Body) },
            WorkingDirectory = PeerFiles.Folder, RedirectStandardOutput = true,
        })!;

        Assert.Equal("""{"kind":2,"data":{"isBinary":true,"index":0,"size":3,"chunks":1},"status":1}|1,2,3""", (await node.StandardOutput.ReadToEndAsync()).Trim());
        Assert.Equal(response.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), response.Header("Content-Length"));
    }

    [Theory]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"objects\"\r\n\r\n[1]\r\n--b--\r\n", "[1]")]
    [InlineData("preamble\r\n--b\r\nContent-Disposition: form-data; name=objects\r\n\r\n[1]\r\n--b--", "[1]")]
    [InlineData("--b  \r\ncontent-disposition:form-data;name=\"objects\"\r\nContent-Type: text/plain\r\n\r\n\r\n--b--", "")]
    [InlineData("--b--", "")]
    public void Parse_wellFormed_findsTheParts(string body, string objects) =>
        Assert.Equal(objects, Encoding.UTF8.GetString(RpcMultipartBody.Parse(Encoding.UTF8.GetBytes(body), "b").Json.Span));

    [Theory]
    [InlineData("", "b")]
    [InlineData("--b", "b")]
    [InlineData("--b\r\n", "b")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"objects\"\r\n\r\n[1]", "b")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"objects\"\r\n\r\n[1]\r\n--b", "b")]
    [InlineData("--bx", "b")]
    [InlineData("--other\r\n\r\n\r\n--other--", "b")]
    [InlineData("--b--", "")]
    public void Parse_malformed_isRefused(string body, string boundary) =>
        Assert.Equal(400, Assert.Throws<RpcRequestException>(() => RpcMultipartBody.Parse(Encoding.UTF8.GetBytes(body), boundary)).StatusCode);
}
