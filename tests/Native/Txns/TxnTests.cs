using System.Text.Json.Nodes;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Tests.Data;
using ITwinOrleans.Native.Txns;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tests.Txns;

public sealed class TxnTests(EngineFixture fixture) : EngineTests(fixture)
{
    private Task EditAsync(Action<DgnDb> edit) => Engine.RunAsync(platform =>
    {
        using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("edit.bim"), OpenMode.ReadWrite);
        edit(db);
    });

    private static bool Exists(DgnDb db, string id)
    {
        try
        {
            db.Elements.Get(Json.Load(id)).Dispose();
            return true;
        }
        catch (IModelException missing) when (missing.Status == IModelStatus.NotFound)
        {
            return false;
        }
    }

    [Fact]
    public async Task SaveChanges_undo_and_redo_go_back_and_forth() => await EditAsync(db =>
    {
        string id = db.Elements.Insert(Json.Subject("x"));
        Assert.True(db.Txns.HasUnsavedChanges);
        db.Txns.SaveChanges("insert x");
        Assert.True(!db.Txns.HasUnsavedChanges && db.Txns.HasPendingTxns && db.Txns.IsUndoPossible);
        Assert.Equal("insert x", db.Txns.UndoString);
        db.Txns.Reverse(1);
        Assert.False(Exists(db, id));
        Assert.True(db.Txns.IsRedoPossible);
        db.Txns.Reinstate();
        Assert.True(Exists(db, id));
        IModelException error = Assert.Throws<IModelException>(db.Txns.Reinstate);
        Assert.Equal(IModelStatus.NothingToRedo, error.Status);
    });

    [Fact]
    public async Task AbandonChanges_drops_what_is_not_saved() => await EditAsync(db =>
    {
        string id = db.Elements.Insert(Json.Subject("x"));
        db.Txns.AbandonChanges();
        Assert.False(Exists(db, id));
        Assert.False(db.Txns.HasUnsavedChanges);
    });

    [Fact]
    public async Task Update_and_delete_of_element_relationship_and_model_hold() => await EditAsync(db =>
    {
        string first = db.Elements.Insert(Json.Subject("first")), second = db.Elements.Insert(Json.Subject("second"));
        db.Elements.Update(Json.WithId(first, "userLabel", "changed"));
        Assert.Equal("changed", (string?)Json.Parse(db.Elements.Get(Json.Load(first)))["userLabel"]);
        string props = $$"""{"classFullName":"BisCore:SubjectRefersToSubject","sourceId":"{{first}}","targetId":"{{second}}"}""";
        string relationship = db.Relationships.Insert(props);
        Assert.StartsWith("0x", relationship);
        Assert.True(db.Relationships.IsLinkTable("BisCore:SubjectRefersToSubject"));
        db.Relationships.Delete($$"""{"classFullName":"BisCore:SubjectRefersToSubject","id":"{{relationship}}"}""");
        db.Elements.Delete(second);
        Assert.False(Exists(db, second));
        db.Txns.SaveChanges();
    });

    [Fact]
    public async Task GetProps_of_a_txn_gives_its_description() => await EditAsync(db =>
    {
        db.Elements.Insert(Json.Subject("x"));
        string id = db.Txns.CurrentTxnId;
        db.Txns.SaveChanges("described");
        Assert.True(db.Txns.IsIdValid(id));
        Assert.Equal("described", db.Txns.GetDescription(id));
        Assert.Equal(id, (string?)Json.Parse(db.Txns.GetProps(id))["id"]);
        Assert.NotEmpty(Json.Parse(db.Txns.GetLocalChanges([], includeUnsaved: false)).AsArray());
    });

    [Fact]
    public async Task ChangesetReader_reads_a_txn_and_its_inverse() => await EditAsync(db =>
    {
        db.Elements.Insert(Json.Subject("x"));
        string id = db.Txns.CurrentTxnId;
        db.Txns.SaveChanges();
        Assert.Contains(("bis_Element", ChangeOpcode.Insert), Read(invert: false));
        Assert.Contains(("bis_Element", ChangeOpcode.Delete), Read(invert: true));

        List<(string, ChangeOpcode)> Read(bool invert)
        {
            using ChangesetReader reader = ChangesetReader.OpenTxn(db, id, invert);
            Assert.Throws<NativeUsageException>(() => reader.TableName);
            var rows = new List<(string, ChangeOpcode)>();
            while (reader.Step())
            {
                rows.Add((reader.TableName, reader.Opcode));
                using NativeResult row = reader.GetRow(invert == (reader.Opcode == ChangeOpcode.Insert) ? ChangeStage.Old : ChangeStage.New);
                Assert.Throws<NativeUsageException>(() => reader.GetValue(reader.ColumnCount, ChangeStage.New));
            }

            Assert.Throws<NativeUsageException>(() => reader.Opcode);
            return rows;
        }
    });

    [Fact]
    public async Task Wal_bytes_beside_the_base_file_open_elsewhere_with_every_commit()
    {
        string path = TestFiles.Copy("edit.bim"), folder = Path.GetDirectoryName(TestFiles.Create("some", []))!;
        string copy = Path.Combine(folder, "copy.bim");
        string id = await Engine.RunAsync(platform =>
        {
            using DgnDb db = DgnDb.Open(platform, path, OpenMode.ReadWrite);
            db.WriteAheadLog.Enable();
            db.WriteAheadLog.SetAutoCheckpointThreshold(1_000_000);
            File.WriteAllBytes(copy, ReadShared(path));
            string element = db.Elements.Insert(Json.Subject("in the log"));
            db.Txns.SaveChanges("logged");
            File.WriteAllBytes(copy + "-wal", ReadShared(path + "-wal"));
            db.WriteAheadLog.Checkpoint();
            Assert.Equal(0, new FileInfo(path + "-wal").Length);
            return element;
        });
        await Engine.RunAsync(platform =>
        {
            using DgnDb db = DgnDb.Open(platform, copy, OpenMode.ReadWrite);
            Assert.True(Exists(db, id));
            Assert.True(db.Txns.HasPendingTxns);
        });

        static byte[] ReadShared(string file)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    [Fact]
    public async Task Changeset_is_made_and_applied_to_another_copy()
    {
        string origin = TestFiles.Copy("edit.bim"), other = TestFiles.Copy("edit.bim");
        await Engine.RunAsync(platform =>
        {
            foreach (string path in new[] { origin, other })
            {
                // A briefcase; a standalone file keeps no changesets.
                using DgnDb db = DgnDb.Open(platform, path, OpenMode.ReadWrite);
                db.Txns.DeleteAll();
                db.ResetBriefcaseId(path == origin ? 10 : 11);
                db.Txns.SaveChanges();
            }

            string id;
            JsonNode changeset;
            using (DgnDb db = DgnDb.Open(platform, origin, OpenMode.ReadWrite))
            {
                id = db.Elements.Insert(Json.Subject("travels"));
                db.Txns.SaveChanges("travels");
                changeset = Json.Parse(db.Changesets.StartCreate());
                string file = other + ".changeset";
                File.Copy((string)changeset["pathname"]!, file);
                db.Changesets.CompleteCreate(1);
                changeset["pathname"] = file;
                changeset["index"] = 1;
                Assert.False(db.Txns.HasPendingTxns);
                using ChangesetReader reader = ChangesetReader.OpenFile(db, file);
                Assert.True(reader.Step());
            }

            using DgnDb target = DgnDb.Open(platform, other, OpenMode.ReadWrite);
            target.Changesets.Apply(changeset.ToJsonString());
            Assert.True(Exists(target, id));
            Assert.Equal((string?)changeset["id"], (string?)Json.Parse(target.Changesets.GetCurrent())["id"]);
        });
    }

    [Fact]
    public async Task Geometric_model_tracking_is_switched_where_it_is_supported() => await EditAsync(db =>
    {
        if (!db.Txns.IsGeometricModelTrackingSupported)
        {
            Assert.Throws<IModelException>(() => db.Txns.SetGeometricModelTracking(true));
            return;
        }

        Assert.True(db.Txns.SetGeometricModelTracking(true));
        Assert.False(db.Txns.SetGeometricModelTracking(false));
    });
}
