using System.Text;
using ITwinOrleans.Native.Domain;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Tests.Data;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tests.BadInput;

/// <summary>Arguments that make no sense: a typed error that names the cause, and the next call works.</summary>
public sealed class BadArgumentTests(EngineFixture fixture) : EngineTests(fixture)
{
    private async Task<NativeException> FailsAsync(Action<DgnDb> call, OpenMode mode = OpenMode.Readonly)
    {
        NativeException error = await Engine.RunAsync(platform =>
        {
            using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("edit.bim"), mode);
            NativeException thrown = Assert.ThrowsAny<NativeException>(() => call(db));
            Assert.Equal("BisCore:Subject", (string?)Json.Parse(db.Elements.Get("""{"id":"0x1"}"""))["classFullName"]);
            return thrown;
        });
        Assert.NotEmpty(error.Message);
        return error;
    }

    [Theory]
    [InlineData("""{"id":""")]
    [InlineData("""{"id":"0x1"}}""")]
    [InlineData("""{'id':'0x1'}""")]
    [InlineData("[1,2,")]
    [InlineData("nonsense")]
    public async Task Invalid_JSON_is_refused_with_its_place(string json) =>
        Assert.Contains("no valid JSON", (await FailsAsync(db => db.Elements.Get(json))).Message);

    [Fact]
    public async Task JSON_nested_without_end_is_refused() =>
        await FailsAsync(db => db.Elements.Get(new string('[', 1_000_000)));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"id":{}}""")]
    [InlineData("""{"id":"no id"}""")]
    [InlineData("""{"code":"no code"}""")]
    [InlineData("""{"federationGuid":"no guid"}""")]
    public async Task Props_that_name_no_element_are_refused(string json) => await FailsAsync(db => db.Elements.Get(json));

    public static TheoryData<NativeArgument[]> WrongKinds =>
    [
        [],
        [NativeArgument.Null],
        [42],
        ["0x1"],
        [true],
        [NativeArgument.Binary(new byte[] { 1, 2, 3 })],
        [NativeArgument.Callback(new NativeCallback(_ => default))],
    ];

    [Theory]
    [MemberData(nameof(WrongKinds), DisableDiscoveryEnumeration = true)]
    public async Task Argument_of_a_wrong_kind_is_refused(NativeArgument[] arguments) =>
        await FailsAsync(db => db.Invoke("getElement", arguments));

    [Fact]
    public async Task Method_that_is_none_is_refused_with_its_name() =>
        Assert.Contains("doNothingKnown", (await FailsAsync(db => db.Invoke("doNothingKnown"))).Message);

    [Fact]
    public async Task Invalid_UTF8_in_JSON_is_refused_or_replaced() => await Engine.RunAsync(platform =>
    {
        using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("edit.bim"), OpenMode.ReadWrite);
        byte[] valid = Encoding.UTF8.GetBytes("""
            {"classFullName":"BisCore:Subject","model":"0x1","code":{"spec":"0x1","scope":"0x1","value":""},
             "parent":{"id":"0x1","relClassName":"BisCore:SubjectOwnsSubjects"},"userLabel":"a~b"}
            """);
        valid[Array.IndexOf(valid, (byte)'~')] = 0xFF;
        string label;
        try
        {
            string id = db.Elements.Insert(valid);
            label = (string)Json.Parse(db.Elements.Get(Json.Load(id)))["userLabel"]!;
        }
        catch (NativeException refused)
        {
            Assert.Contains("JSON", refused.Message);
            return;
        }

        Assert.Equal("a\uFFFDb", label);
    });

    [Fact]
    public async Task Invalid_UTF8_and_UTF16_in_strings_do_no_harm() => await Engine.RunAsync(platform =>
    {
        using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("test.bim"));
        using NativeResult none = db.Call("queryLocalValue", NativeArgument.String(new byte[] { 0xC3, 0x28, 0xFF, 0xED, 0xA0, 0x80 }));
        Assert.False(none.HasValue);
        Assert.Null(db.QueryLocalValue("\uD800 alone"));
        Assert.Null(db.QueryLocalValue("with a zero \0 in it"));
    });

    [Fact]
    public async Task Huge_argument_is_refused_before_it_is_copied() =>
        Assert.Contains("bytes", (await FailsAsync(db => db.Elements.Get(new byte[NativeArgument.MaximumSize + 1]))).Message);

    [Fact]
    public async Task Huge_string_is_refused_before_it_is_copied() =>
        Assert.Contains("bytes", (await FailsAsync(db => db.QueryLocalValue(new string('x', NativeArgument.MaximumSize + 1)))).Message);

    [Fact]
    public async Task Large_argument_within_the_limit_is_taken() => await Engine.RunAsync(platform =>
    {
        using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("edit.bim"), OpenMode.ReadWrite);
        byte[] bytes = new byte[20_000_000];
        new Random(1).NextBytes(bytes);
        db.FileProperties.Save("""{"namespace":"tests","name":"large"}""", null, bytes);
        using NativeResult read = db.FileProperties.QueryBlob("""{"namespace":"tests","name":"large"}""");
        Assert.True(read.Utf8.Span.SequenceEqual(bytes));
    });

    [Fact]
    public async Task Binaries_that_the_JSON_does_not_have_are_refused_or_ignored() =>
        await FailsAsync(db => db.Elements.Get(new NativeJson("""{"id":{"$binary":7}}"""u8.ToArray(), [new byte[3]])));

    [Theory]
    [InlineData("0")]
    [InlineData("0x0")]
    [InlineData("")]
    [InlineData("0xffffffffffffffffff")]
    public async Task Delete_of_an_id_that_is_none_is_refused(string id) =>
        await FailsAsync(db => db.Elements.Delete(id), OpenMode.ReadWrite);

    [Fact]
    public async Task Write_to_an_iModel_opened_for_reading_is_refused() => await FailsAsync(db => db.Elements.Insert(Json.Subject("x")));

    [Fact]
    public async Task Insert_of_a_class_that_is_none_is_refused() =>
        await FailsAsync(db => db.Elements.Insert("""{"classFullName":"No:Class","model":"0x1","code":{"spec":"0x1","scope":"0x1"}}"""), OpenMode.ReadWrite);

    [Fact]
    public async Task Undo_of_nothing_is_refused_with_its_status()
    {
        NativeException error = await FailsAsync(db => db.Txns.Reverse(1), OpenMode.ReadWrite);
        Assert.Equal(IModelStatus.NothingToUndo, Assert.IsType<IModelException>(error).Status);
    }

    [Fact]
    public async Task Schema_that_is_none_is_refused_with_its_name() =>
        Assert.Contains("NoSchema", (await FailsAsync(db => db.Schemas.GetClassMetaData("NoSchema", "NoClass"))).Message);

    [Fact]
    public async Task Handle_of_another_kind_is_refused() => await FailsAsync(db =>
    {
        using var statement = new ECSqlStatement(db, "select 1");
        using NativeObject other = db.Platform.Construct("SqliteStatement");
        other.Invoke("prepare", statement, "select 1");
    });

    [Fact]
    public async Task Handler_that_throws_leaves_the_engine_working()
    {
        for (int i = 0; i < 3; i++)
        {
            await Engine.RunAsync(platform =>
            {
                DomainHandlers handlers = new DomainHandlers().OnElement(
                    DomainHandlers.AnyElement, ElementEvent.Insert, _ => throw new NotSupportedException("thrown on purpose"));
                using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("edit.bim"), OpenMode.ReadWrite, new DgnDbOpenOptions { Handlers = handlers });
                NativeException error = Assert.ThrowsAny<NativeException>(() => db.Elements.Insert(Json.Subject("x")));
                Assert.Contains("thrown on purpose", error.Message);
            });
        }
    }

    [Fact]
    public async Task Work_that_throws_leaves_the_engine_working()
    {
        await Assert.ThrowsAsync<DivideByZeroException>(() => Engine.RunAsync(_ => throw new DivideByZeroException()));
        Assert.Equal(1, await Engine.RunAsync(_ => 1));
    }
}
