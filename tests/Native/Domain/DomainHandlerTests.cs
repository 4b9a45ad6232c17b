using System.Text.Json.Nodes;
using ITwinOrleans.Native.Domain;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Tests.Data;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tests.Domain;

public sealed class DomainHandlerTests(EngineFixture fixture) : EngineTests(fixture)
{
    private Task<T> EditAsync<T>(DomainHandlers handlers, Func<DgnDb, T> edit, string file = "edit.bim") => Engine.RunAsync(platform =>
    {
        using DgnDb db = DgnDb.Open(platform, TestFiles.Copy(file), OpenMode.ReadWrite, new DgnDbOpenOptions { Handlers = handlers });
        return edit(db);
    });

    [Fact]
    public async Task Insert_tells_the_handlers_of_the_class_and_of_its_base()
    {
        var told = new List<string>();
        DomainHandlers handlers = new DomainHandlers()
            .OnElement("BisCore:Subject", ElementEvent.Insert, args => told.Add($"insert {args.ClassFullName} id={args.Id}"))
            .OnElement(DomainHandlers.AnyElement, ElementEvent.Inserted, args => told.Add($"inserted {args.ClassFullName}"))
            .OnElement("BisCore:Drawing", ElementEvent.Insert, _ => told.Add("drawing"));
        await EditAsync(handlers, db => db.Elements.Insert(Json.Subject("one")));
        Assert.Equal(["insert BisCore:Subject id=", "inserted BisCore:Subject"], told);
    }

    [Fact]
    public async Task Insert_stores_the_props_that_a_handler_changed()
    {
        DomainHandlers handlers = new DomainHandlers()
            .OnElement("BisCore:Subject", ElementEvent.Insert, args => args.Props!.Set("userLabel", "of the handler"))
            .OnElement("BisCore:Subject", ElementEvent.Update, args => args.Props!.Set("userLabel", "of the second handler"));
        (string? inserted, string? updated) = await EditAsync(handlers, db =>
        {
            string id = db.Elements.Insert(Json.Subject("of the caller"));
            string? first = (string?)Json.Parse(db.Elements.Get(Json.Load(id)))["userLabel"];
            db.Elements.Update(Json.WithId(id, "userLabel", "of the caller again"));
            return (first, (string?)Json.Parse(db.Elements.Get(Json.Load(id)))["userLabel"]);
        });
        Assert.Equal("of the handler", inserted);
        Assert.Equal("of the second handler", updated);
    }

    [Fact]
    public async Task Insert_that_a_handler_forbids_throws_its_message_and_inserts_nothing()
    {
        DomainHandlers handlers = new DomainHandlers()
            .OnElement("BisCore:Subject", ElementEvent.Insert, _ => throw new InvalidOperationException("not this one"));
        (NativeException error, long before, long after, string? rootClass) = await EditAsync(handlers, db =>
        {
            long first = CountElements(db);
            var thrown = Assert.ThrowsAny<NativeException>(() => db.Elements.Insert(Json.Subject("x")));
            return (thrown, first, CountElements(db), (string?)Json.Parse(db.Elements.Get(Json.Load("0x1")))["classFullName"]);
        });
        Assert.Contains("not this one", error.Message);
        Assert.Equal(before, after);
        Assert.Equal("BisCore:Subject", rootClass);
    }

    [Fact]
    public async Task Error_of_a_handler_keeps_its_number_and_scope_through_native_code()
    {
        DomainHandlers handlers = new DomainHandlers().OnElement(
            "BisCore:Subject",
            ElementEvent.Insert,
            _ => throw new IModelException("locked") { ErrorNumber = (int)IModelStatus.LockNotHeld, Scope = "dgn-db", Key = "LockNotHeld" });
        IModelException error = await EditAsync(handlers, db => Assert.Throws<IModelException>(() => db.Elements.Insert(Json.Subject("x"))));
        Assert.Equal(IModelStatus.LockNotHeld, error.Status);
    }

    [Fact]
    public async Task Delete_of_a_child_tells_child_and_parent()
    {
        var told = new List<string>();
        DomainHandlers handlers = new DomainHandlers()
            .OnElement("BisCore:Subject", ElementEvent.Delete, args => told.Add("delete " + args.Id))
            .OnElement("BisCore:Subject", ElementEvent.Deleted, args => told.Add("deleted " + args.Id))
            .OnElement("BisCore:Subject", ElementEvent.ChildDeleted, _ => told.Add("child deleted"));
        string id = await EditAsync(handlers, db =>
        {
            string subject = db.Elements.Insert(Json.Subject("x"));
            db.Elements.Delete(subject);
            return subject;
        });
        Assert.Contains("delete " + id, told);
        Assert.Contains("deleted " + id, told);
        Assert.Contains("child deleted", told);
    }

    [Fact]
    public async Task Model_and_its_elements_tell_the_model_handlers()
    {
        var told = new List<string>();
        DomainHandlers handlers = new DomainHandlers()
            .OnModel(DomainHandlers.AnyModel, ModelEvent.Inserted, args => told.Add("model inserted " + args.ClassFullName))
            .OnModel("BisCore:RepositoryModel", ModelEvent.InsertedElement, _ => told.Add("element inserted"))
            .OnElement(DomainHandlers.AnyElement, ElementEvent.SubModelInserted, _ => told.Add("sub model inserted"));
        await EditAsync(handlers, db =>
        {
            string partition = db.Elements.Insert("""
                {"classFullName":"BisCore:DefinitionPartition","model":"0x1","code":{"spec":"0x1","scope":"0x1","value":""},
                 "parent":{"id":"0x1","relClassName":"BisCore:SubjectOwnsPartitionElements"}}
                """);
            return db.Models.Insert($$$"""
                {"classFullName":"BisCore:DefinitionModel","modeledElement":{"id":"{{{partition}}}","relClassName":"BisCore:ModelModelsElement"}}
                """);
        });
        Assert.Contains("element inserted", told);
        Assert.Contains("model inserted BisCore:DefinitionModel", told);
        Assert.Contains("sub model inserted", told);
    }

    [Fact]
    public async Task Aspect_tells_the_aspect_handlers_and_stores_the_props_that_they_change_in_an_update()
    {
        var told = new List<string>();
        DomainHandlers handlers = new DomainHandlers()
            .OnAspect(DomainHandlers.AnyAspect, AspectEvent.Update, args => args.Props!.Set("identifier", "changed"))
            .OnAspect(DomainHandlers.AnyAspect, AspectEvent.Inserted, _ => told.Add("inserted"))
            .OnAspect(DomainHandlers.AnyAspect, AspectEvent.Deleted, _ => told.Add("deleted"));
        string? identifier = await EditAsync(handlers, db =>
        {
            string id = db.Aspects.Insert("""
                {"classFullName":"BisCore:ExternalSourceAspect","element":{"id":"0x1","relClassName":"BisCore:ElementOwnsExternalSourceAspects"},
                 "identifier":"given","kind":"test","scope":{"id":"0x1","relClassName":"BisCore:ElementScopesExternalSourceIdentifier"}}
                """);
            db.Aspects.Update($$$"""
                {"id":"{{{id}}}","classFullName":"BisCore:ExternalSourceAspect","identifier":"given again",
                 "element":{"id":"0x1","relClassName":"BisCore:ElementOwnsExternalSourceAspects"}}
                """);
            JsonNode aspect = Json.Parse(db.Instances.Read(
                $$"""{"id":"{{id}}","classFullName":"BisCore:ExternalSourceAspect"}""", """{"useJsNames":true}"""));
            db.Aspects.Delete(id);
            return (string?)aspect["identifier"];
        });
        Assert.Equal("changed", identifier);
        Assert.Equal(["inserted", "deleted"], told);
    }

    [Fact]
    public async Task SaveChanges_tells_the_txn_handlers_in_order()
    {
        var told = new List<TxnEvent>();
        var handlers = new DomainHandlers();
        foreach (TxnEvent what in (TxnEvent[])[TxnEvent.BeginValidate, TxnEvent.EndValidate, TxnEvent.Commit, TxnEvent.Committed, TxnEvent.BeforeUndoRedo, TxnEvent.AfterUndoRedo])
            handlers.OnTxn(what, _ => told.Add(what));
        await EditAsync(handlers, db =>
        {
            db.Elements.Insert(Json.Subject("x"));
            db.Txns.SaveChanges("test");
            db.Txns.Reverse(1);
            return 0;
        });
        Assert.Equal(
            [
                TxnEvent.BeginValidate, TxnEvent.Commit, TxnEvent.EndValidate, TxnEvent.Committed,
                TxnEvent.BeforeUndoRedo, TxnEvent.AfterUndoRedo,
            ],
            told);
    }

    [Fact]
    public async Task Handler_may_read_and_write_the_iModel()
    {
        DomainHandlers handlers = new DomainHandlers().OnElement("BisCore:Subject", ElementEvent.Inserted, args =>
        {
            if (args.Db.Elements.Get(Json.Load(args.Id!)) is { } given && (string?)Json.Parse(given)["userLabel"] == "first")
                args.Db.Elements.Insert(Json.Subject("second"));
        });
        (long before, long after) = await EditAsync(handlers, db =>
        {
            long first = CountElements(db);
            db.Elements.Insert(Json.Subject("first"));
            return (first, CountElements(db));
        });
        Assert.Equal(before + 2, after);
    }

    [Fact]
    public async Task Close_by_a_handler_is_refused_and_the_iModel_stays_open()
    {
        DomainHandlers handlers = new DomainHandlers().OnElement("BisCore:Subject", ElementEvent.Insert, args => args.Db.Close());
        (NativeException error, bool isOpen) = await EditAsync(
            handlers, db => (Assert.ThrowsAny<NativeException>(() => db.Elements.Insert(Json.Subject("x"))), db.IsOpen));
        Assert.Contains("closed by a callback of its own", error.Message);
        Assert.True(isOpen);
    }

    [Fact]
    public async Task UseHandlers_replaces_those_before()
    {
        var told = new List<string>();
        await EditAsync(new DomainHandlers().OnElement("BisCore:Subject", ElementEvent.Inserted, _ => told.Add("first")), db =>
        {
            db.Elements.Insert(Json.Subject("x"));
            db.UseHandlers(new DomainHandlers().OnElement("BisCore:Subject", ElementEvent.Inserted, _ => told.Add("second")));
            return db.Elements.Insert(Json.Subject("y"));
        });
        Assert.Equal(["first", "second"], told);
    }

    [Fact]
    public async Task Close_releases_the_handlers()
    {
        NativeUsage before = await Engine.GetUsageAsync();
        NativeUsage open = default;
        await Engine.RunAsync(async platform =>
        {
            DomainHandlers handlers = new DomainHandlers().OnElement(DomainHandlers.AnyElement, ElementEvent.Insert, _ => { });
            using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("edit.bim"), OpenMode.ReadWrite, new DgnDbOpenOptions { Handlers = handlers });
            db.Elements.Insert(Json.Subject("x"));
            open = await Engine.GetUsageAsync();
        });
        NativeUsage after = await Engine.GetUsageAsync();
        Assert.True(open.Callbacks > before.Callbacks, "the handlers are held while the iModel is open");
        Assert.Equal(before.Callbacks, after.Callbacks);
        Assert.Equal(before.Objects, after.Objects);
    }

    private static long CountElements(DgnDb db)
    {
        using var statement = new Native.Statements.ECSqlStatement(db, "select count(*) from bis.Element");
        statement.Step();
        using var value = statement.GetValue(0);
        return value.GetInt64();
    }
}
