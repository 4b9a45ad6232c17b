using System.Diagnostics;
using System.Text.Json.Nodes;
using ITwinOrleans.Backend.Live;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Live.Versions;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Values;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Backend.Tests.Live;

[Collection(BackendCollection.Name)]
public sealed class VersionTests(BackendFixture fixture)
{
    private static Task<LiveVersion> NameAsync(LiveBench bench, string name) => bench.Live.NameVersionAsync(LiveBench.Ann.User, bench.Epoch, name, CancellationToken.None);

    private static Task<IReadOnlyList<LiveVersion>> ListAsync(LiveBench bench) => bench.Live.ReadVersionsAsync(CancellationToken.None);

    private Task<Dictionary<string, List<string>>> ContentAsync(string path) => fixture.Engine.RunAsync(platform =>
    {
        using DgnDb native = DgnDb.Open(platform, path);
        return FileContent.Read(native);
    });

    [Fact]
    public async Task Versions_are_the_states_that_were_named_each_with_its_changeset()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Insert("first"));
        LiveVersion one = await NameAsync(bench, "one");
        Dictionary<string, List<string>> first = await FileContent.ReadAsync(bench);
        await bench.WriteAsync(Ops.Join(Ops.Insert("second"), Ops.Delete(Ops.First)));
        LiveVersion two = await NameAsync(bench, "two");
        Dictionary<string, List<string>> second = await FileContent.ReadAsync(bench);
        await bench.WriteAsync(Ops.Insert("later"));

        Assert.Equal((1, 2, one.Id, "two", new LiveState(1, 2)), (one.Index, two.Index, two.ParentId, two.Name, two.State));
        Assert.Equal(two.Id, bench.IModel.Connection.ChangesetId);
        await bench.ReopenAsync();
        Assert.Equal([one, two], await ListAsync(bench));
        var folder = new VersionFolder(bench.Path);
        FileContent.AssertEqual(first, await ContentAsync(folder.CheckpointOf(1)), "version 1");
        FileContent.AssertEqual(second, await ContentAsync(folder.CheckpointOf(2)), "version 2");
        Assert.Equal(two.FileSize, new FileInfo(folder.CheckpointOf(2)).Length);
        Assert.Equal(two.ChangesetSize, new FileInfo(folder.ChangesetOf(2)).Length);
        Assert.Equal(6, Directory.GetFiles(folder.Path).Length);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(bench.Path)!, "*.changeset*"));
    }

    [Fact]
    public async Task Version_is_a_sound_snapshot_without_anything_of_the_live_iModel()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Insert("a secret of the feed", "secret"), operationId: "a-secret-id");
        LiveVersion version = await NameAsync(bench, "one");
        string path = new VersionFolder(bench.Path).CheckpointOf(1);
        await fixture.Engine.RunAsync(platform =>
        {
            using DgnDb native = DgnDb.Open(platform, path);
            Assert.Equal(["ok"], LiveBench.Rows(native, "PRAGMA integrity_check"));
            Assert.Empty(LiveBench.Rows(native, "PRAGMA foreign_key_check"));
            Assert.Empty(LiveBench.Rows(native, "SELECT name FROM sqlite_master WHERE name LIKE 'itwinlive%'"));
            Assert.Empty(LiveBench.Rows(native, "SELECT Id FROM dgn_Txns"));
            Assert.Null(native.QueryLocalValue("StandaloneEdit"));
            Assert.Equal(0, native.BriefcaseId);
            using NativeResult current = native.Changesets.GetCurrent();
            Assert.Equal(version.Id, (string?)JsonNode.Parse(current.Utf8.Span)!["id"]);
            using var check = new ECSqlStatement(native, "PRAGMA integrity_check ECSQLOPTIONS ENABLE_EXPERIMENTAL_FEATURES");
            while (check.Step())
                Assert.True(check.GetValue(2).GetBoolean(), check.GetValue(1).GetString());
        });
        Assert.DoesNotContain("a-secret-id", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_and_repetition_go_on_after_a_version_is_named()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        Dictionary<string, List<string>> before = await FileContent.ReadAsync(bench);
        await bench.WriteAsync(Ops.Join(Ops.Insert("x"), Ops.Delete(Ops.First)), operationId: "x");
        await NameAsync(bench, "one");
        await bench.ReopenAsync();
        Assert.True((await bench.WriteAsync(Ops.Join(Ops.Insert("x"), Ops.Delete(Ops.First)), operationId: "x")).Result.Repeated);
        await bench.Live.UndoAsync(LiveBench.Ann, bench.Epoch, new LiveInversion("u"), CancellationToken.None);
        FileContent.AssertEqual(before, await FileContent.ReadAsync(bench), "after undo");
        await NameAsync(bench, "two");
        await bench.Live.RedoAsync(LiveBench.Ann, bench.Epoch, new LiveInversion("r"), CancellationToken.None);
        Assert.Empty(await bench.RowsAsync("SELECT Id FROM bis_Element WHERE Id=0x1f"));
    }

    [Fact]
    public async Task Name_of_a_state_that_has_one_is_refused()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Insert("x"));
        await NameAsync(bench, "one");
        Assert.Equal(LiveRefusals.InvalidTransaction, (await Assert.ThrowsAsync<LiveRefusedException>(() => NameAsync(bench, "again"))).Refusal.Name);
        Assert.Equal(LiveRefusals.InvalidTransaction, (await Assert.ThrowsAsync<LiveRefusedException>(() => NameAsync(bench, ""))).Refusal.Name);
    }

    [Fact]
    public async Task Version_that_was_published_but_not_taken_into_the_timeline_is_not_seen()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Insert("x"));
        await bench.CloseAsync();
        byte[] file = await File.ReadAllBytesAsync(bench.Path);
        await bench.ReopenAsync();
        await NameAsync(bench, "one");
        await bench.CloseAsync();

        // As after a crash between the two: the folder has the version, the file does not.
        await File.WriteAllBytesAsync(bench.Path, file);
        await bench.ReopenAsync();
        Assert.Empty(await ListAsync(bench));
        await bench.WriteAsync(Ops.Insert("y"));
        LiveVersion version = await NameAsync(bench, "another one");
        Assert.Equal([version], await ListAsync(bench));
    }

    [Fact]
    public async Task Name_that_cannot_be_written_leaves_no_version_and_a_usable_iModel()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Insert("x"));

        // A file in the place of the folder: nothing can be written there.
        await File.WriteAllTextAsync(new VersionFolder(bench.Path).Path, "");
        Assert.Equal(LiveRefusals.StorageFailed, (await Assert.ThrowsAsync<LiveRefusedException>(() => NameAsync(bench, "one"))).Refusal.Name);
        File.Delete(new VersionFolder(bench.Path).Path);
        await bench.WriteAsync(Ops.Insert("y"));
        Assert.Equal(1, (await NameAsync(bench, "one")).Index);
    }

    [PeerFact]
    public async Task Node_opens_a_version_and_applies_changesets_to_an_older_one_with_the_same_result()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        var random = new RandomOperations(bench, 42);
        var versions = new List<LiveVersion>();
        for (int i = 0; i < 4; i++)
        {
            await bench.WriteAsync(Ops.Insert($"version {i}"));
            for (int j = 0; j < 15; j++)
            {
                string operations = await random.NextAsync();
                await bench.WriteAsync(operations).ContinueWith(static _ => { }, TaskScheduler.Default);
            }

            if (i == 2)
                await bench.Live.UndoAsync(LiveBench.Ann, bench.Epoch, new LiveInversion("undo"), CancellationToken.None);
            versions.Add(await NameAsync(bench, $"version {i}"));
        }

        var folder = new VersionFolder(bench.Path);
        string older = bench.Path + ".older", newer = bench.Path + ".newer", list = bench.Path + ".changesets.json";
        File.Copy(folder.CheckpointOf(1), older);
        File.Copy(folder.CheckpointOf(4), newer);
        await File.WriteAllTextAsync(list, new JsonArray([.. versions.Skip(1).Select(version => new JsonObject
        {
            ["index"] = version.Index, ["id"] = version.Id, ["parentId"] = version.ParentId, ["changesType"] = version.ChangesType, ["description"] = version.Name, ["briefcaseId"] = 2,
            ["pushDate"] = "2020-01-01T00:00:00.000Z", ["userCreated"] = "", ["pathname"] = folder.ChangesetOf(version.Index),
        })]).ToJsonString());
        JsonNode said = JsonNode.Parse(await RunNodeAsync(older, newer, list))!;
        Assert.Equal(versions[^1].Id, (string?)said["changeset"]);
        Assert.Equal(int.Parse((await bench.RowsAsync("SELECT count(*) FROM bis_Element"))[0], System.Globalization.CultureInfo.InvariantCulture), (int)said["elements"]!);
        FileContent.AssertEqual(await ContentAsync(folder.CheckpointOf(4)), await ContentAsync(older), "changesets applied by Node");
    }

    private static async Task<string> RunNodeAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Live", "versions.mjs"), PeerFiles.Folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process node = Process.Start(start)!;
        Task<string> said = node.StandardOutput.ReadToEndAsync(), complained = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(node.ExitCode == 0, await complained);
        return (await said).Trim().Split('\n')[^1];
    }
}
