using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Tests.Expected;

/// <summary>The same requests get the answers that the Node.js backend gives (recorded by <c>record.mjs</c>).</summary>
[Collection(BackendCollection.Name)]
public sealed class ExpectedAnswersTests(BackendFixture fixture)
{
    private const int NoContent = 204;

    /// <summary>Requests that are answered differently on purpose.</summary>
    private static readonly Dictionary<string, string> OnPurpose = new()
    {
        ["""[$token,[5]]"""] = "An id that is no string is refused, not looked for",
        ["""[$token,[5,"0x1"]]"""] = "An id that is no string is refused, not looked for",
        ["""[$token,[null]]"""] = "An id that is no string is refused, not looked for",
        ["""[$token,[{"id":"0x1"}]]"""] = "An id that is no string is refused, not looked for",
        ["""[$token,5]"""] = "A parameter of a wrong type is refused as such",
        ["""[$token,{"from":"bis.Element","where":"ECInstanceId=0x1 UNION SELECT ECInstanceId FROM bis.Model"}]"""] = "A clause must stay in its place",
    };

    public static TheoryData<int> Cases { get; } = [.. Enumerable.Range(0, RecordedAnswer.All.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Invoke_recorded_request_gives_the_recorded_answer(int index)
    {
        RecordedAnswer expected = RecordedAnswer.All[index];
        using RpcReply reply = await fixture.InvokeAsync(expected.File, expected.Name, expected.Operation, expected.Parameters);
        string request = $"{expected.Operation} {expected.Parameters} of {expected.File}";
        if (reply.Status == RpcStatus.Rejected && OnPurpose.ContainsKey(expected.Parameters))
            return;
        if (expected.IsNotFound)
            Assert.True(reply.Status == RpcStatus.NotFound, request);
        else if (expected.Status == NoContent)
            Assert.True(reply.Status == RpcStatus.NoContent, request);
        else if (expected.IsError)
            AssertError(expected, reply, request);
        else
            AssertResult(expected, reply, request);
    }

    private static void AssertError(RecordedAnswer expected, RpcReply reply, string request)
    {
        Assert.True(reply.Status == RpcStatus.Rejected, request);
        RpcError error = reply.Error!;
        Assert.NotEmpty(error.Message);
        Assert.Equal(expected.BodyText("name"), error.Name);
        int number = expected.Body!.Value.TryGetProperty("errorNumber", out JsonElement recorded) ? recorded.GetInt32() : 0;
        Assert.Equal(number, error.ErrorNumber);
        if (!expected.IsJavaScriptError)
            Assert.Equal(expected.BodyText("message"), error.Message);
    }

    private static void AssertResult(RecordedAnswer expected, RpcReply reply, string request)
    {
        Assert.True(reply.Status == RpcStatus.Resolved, $"{request}: {reply.Error?.Message}");
        if (expected.Sha256 is not null)
        {
            Assert.Equal(expected.Sha256, Convert.ToHexStringLower(SHA256.HashData(Assert.Single(reply.Binaries).Span)));
            return;
        }

        string actual = Encoding.UTF8.GetString(reply.Json.Span);
        if (!expected.HasContent)
        {
            Assert.True(actual.Length == 0 || actual == "null", $"{request}: {actual}");
            return;
        }

        Assert.True(JsonEquality.AreEqual(expected.Body!.Value, JsonElement.Parse(actual), out string path), $"{request} differs at {path}: {actual}");
    }
}
