using System.Text.Json.Nodes;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Tests.Data;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tests.IModels;

public sealed class ReadTests(EngineFixture fixture) : EngineTests(fixture)
{
    private Task<JsonNode> ReadAsync(Func<DgnDb, NativeResult> read, string file = "rich.bim") => Engine.RunAsync(platform =>
    {
        using DgnDb db = DgnDb.Open(platform, TestFiles.Copy(file));
        return Json.Parse(read(db));
    });

    [Fact]
    public async Task GetProps_gives_the_root_subject_and_extents()
    {
        JsonNode props = await ReadAsync(db => db.GetProps());
        Assert.NotNull(props["rootSubject"]!["name"]);
        Assert.NotNull(props["projectExtents"]!["low"]);
    }

    [Fact]
    public async Task GetElement_of_the_root_subject_gives_its_class()
    {
        JsonNode element = await ReadAsync(db => db.Elements.Get("""{"id":"0x1"}"""));
        Assert.Equal("BisCore:Subject", (string?)element["classFullName"]);
    }

    [Fact]
    public async Task GetElement_that_is_missing_throws_NotFound()
    {
        IModelException error = await Assert.ThrowsAsync<IModelException>(() => ReadAsync(db => db.Elements.Get("""{"id":"0xfffff"}""")));
        Assert.Equal(IModelStatus.NotFound, error.Status);
    }

    [Fact]
    public async Task GetModel_of_the_repository_gives_its_class()
    {
        JsonNode model = await ReadAsync(db => db.Models.Get("""{"id":"0x1"}"""));
        Assert.Equal("BisCore:RepositoryModel", (string?)model["classFullName"]);
    }

    [Fact]
    public async Task ResolveKey_and_Read_give_the_instance_of_an_id()
    {
        JsonNode key = await ReadAsync(db => db.Instances.ResolveKey("""{"partialKey":{"id":"0x1","baseClassName":"BisCore:Element"}}"""));
        Assert.Equal("BisCore:Subject", (string?)key["classFullName"]);
        JsonNode instance = await ReadAsync(db => db.Instances.Read(key.ToJsonString(), """{"useJsNames":true}"""));
        Assert.Equal("0x1", (string?)instance["id"]);
    }

    [Fact]
    public async Task ReadFontMap_gives_fonts()
    {
        JsonNode fonts = await ReadAsync(db => db.Fonts.ReadMap());
        Assert.NotNull(fonts["fonts"]);
    }

    [Fact]
    public async Task QueryExtents_of_models_gives_a_status_for_each()
    {
        JsonNode extents = await Engine.RunAsync(async platform =>
        {
            using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("rich.bim"));
            return Json.Parse(await db.Models.QueryExtentsAsync("""["0x1","0xfffff"]"""));
        });
        Assert.Equal((int)IModelStatus.WrongModel, (int)extents[0]!["status"]!);
        Assert.Equal((int)IModelStatus.NotFound, (int)extents[1]!["status"]!);
    }

    [Fact]
    public async Task QueryFileProperty_that_is_missing_gives_null()
    {
        string? value = await Engine.RunAsync(platform =>
        {
            using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("test.bim"));
            return db.FileProperties.QueryText("""{"namespace":"none","name":"none"}""");
        });
        Assert.Null(value);
    }

    [Fact]
    public async Task SaveFileProperty_gives_text_and_bytes_back_after_reopening()
    {
        string path = TestFiles.Copy("test.bim");
        const string Property = """{"namespace":"tests","name":"one","id":3}""";
        (string? text, byte[] blob) = await Engine.RunAsync(platform =>
        {
            using (DgnDb db = DgnDb.Open(platform, path, OpenMode.ReadWrite))
            {
                db.FileProperties.Save(Property, "täxt", new byte[] { 0, 1, 255 });
                db.Txns.SaveChanges();
            }

            using DgnDb again = DgnDb.Open(platform, path);
            using NativeResult bytes = again.FileProperties.QueryBlob(Property);
            return (again.FileProperties.QueryText(Property), bytes.Utf8.ToArray());
        });
        Assert.Equal("täxt", text);
        Assert.Equal([0, 1, 255], blob);
    }
}
