using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Tests.Data;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tests;

[Collection(EngineCollection.Name)]
public sealed class SmokeTests(EngineFixture fixture)
{
    [Fact]
    public async Task OpenIModel_gives_its_elements_and_query_rows()
    {
        string path = TestFiles.Copy("rich.bim");
        (string element, string rows) = await fixture.Engine.RunAsync(async platform =>
        {
            using NativeObject db = platform.Construct("DgnDb");
            db.Invoke("openIModel", path, 1);
            using NativeResult root = db.Call("getElement", NativeArgument.Json("""{"id":"0x1"}"""));
            NativeResult[] response = await db.CallBackAsync(
                "concurrentQueryExecute",
                NativeArgument.Json("""{"kind":1,"query":"select ECInstanceId from bis.Element where ECInstanceId=1","limit":{"count":3,"offset":0}}"""));
            using NativeResult rowsOfResponse = response[0];
            (string, string) texts = (root.GetText(), rowsOfResponse.GetText());
            db.Invoke("closeFile");
            return texts;
        });
        Assert.Contains("\"classFullName\":\"BisCore:Subject\"", element);
        Assert.Contains("\"data\":[[\"0x1\"]]", rows);
    }
}
