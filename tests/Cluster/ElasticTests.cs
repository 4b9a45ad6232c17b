using System.Text.Json.Nodes;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Cluster.Tests;

/// <summary>Silos come and go on purpose.</summary>
public sealed class ElasticTests : ClusterTest
{
    [Fact]
    public async Task Silo_that_joins_gets_its_share_of_iModels_that_are_being_edited()
    {
        string[] keys = Keys(9);
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(Editable, keys, 2, 2, "--Balance:Interval", "00:00:00.200", "--Balance:Rest", "00:00:01");
        await using var editors = new Disposables<ClusterEditor>(keys.Select((key, i) => new ClusterEditor([cluster.Apis[i % 2]], key, $"editor{i}")));
        await Task.WhenAll(editors.Items.Select(editor => editor.InsertAsync()));
        await UntilAsync(async () => (await cluster.SpreadAsync()).Values.Sum() == 9, "9 iModels on two silos");
        await using var subscriber = new ClusterSubscriber(cluster.Apis, keys[0]);
        await subscriber.StartAsync();
        foreach (ClusterEditor editor in editors.Items)
            editor.Start(TimeSpan.FromMilliseconds(300));

        await cluster.StartSiloAsync("c");

        // Silos may differ by less than Balance:Threshold, which is 3.
        await UntilAsync(async () => await cluster.SpreadAsync() is { Count: 3 } spread && spread.Values.Sum() == 9 && spread.Values.Max() - spread.Values.Min() < 3, "9 iModels on three silos");
        await Task.WhenAll(editors.Items.Select(editor => UntilAcknowledgedAsync(editor, 3, "after iModels moved")));
        await AssertNothingLostAsync(cluster, editors.Items, subscriber);
    }

    [Fact]
    public async Task All_silos_end_and_start_again_and_nothing_is_lost()
    {
        string[] keys = Keys(2);
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(Editable, keys, 2, 1);
        await using var editor = new ClusterEditor(cluster.Apis, keys[0], "editor");
        await using var subscriber = new ClusterSubscriber(cluster.Apis, keys[0]);
        await editor.InsertAsync();
        await subscriber.StartAsync();
        editor.Start(Rest);
        await UntilAcknowledgedAsync(editor, 5, "before the silos end");
        foreach (string silo in cluster.Silos)
            Assert.Equal(0, (await cluster.StopSiloAsync(silo)).Code);
        await cluster.StartSiloAsync("c");
        await UntilAcknowledgedAsync(editor, 5, "after a silo started");
        await AssertNothingLostAsync(cluster, [editor], subscriber);
    }

    [Fact]
    public async Task Silo_shows_that_it_is_alive_until_it_goes_down()
    {
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(Editable, Keys(1), 1, 0);
        string file = cluster.AliveFile("a");
        await UntilAsync(() => File.Exists(file), "the file of a silo that is alive");
        DateTime first = File.GetLastWriteTimeUtc(file);
        await UntilAsync(() => File.GetLastWriteTimeUtc(file) > first, "another sign of life");
        await cluster.StopSiloAsync("a");
        Assert.False(File.Exists(file));
    }

    [Fact]
    public Task Version_that_one_silo_named_is_there_when_another_owns_the_iModel() => VersionAsync();

    [Fact]
    public async Task Version_that_one_silo_named_is_there_when_another_owns_the_iModel_and_bases_and_versions_are_in_S3()
    {
        await using S3Server store = await S3Server.StartAsync();
        await VersionAsync(
            "--Files:Mode", "S3", "--Files:S3:ServiceUrl", store.Url, "--Files:S3:Bucket", "itwin", "--Files:S3:AccessKey", S3Server.Key, "--Files:S3:SecretKey", S3Server.Key,
            "--Files:S3:ForcePathStyle", "true");
    }

    [Fact]
    public async Task File_of_an_iModel_that_was_edited_is_neither_given_away_nor_replaced()
    {
        string[] keys = Keys(1);
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(Editable, keys, 1, 1);
        await using var editor = new ClusterEditor(cluster.Apis, keys[0], "editor");
        using var http = new HttpClient();
        var file = new Uri(cluster.Apis[0], $"/api/files/{keys[0]}");
        Assert.Equal(200, (int)(await http.GetAsync(file)).StatusCode);
        await editor.InsertAsync();
        Assert.Equal(409, (int)(await http.GetAsync(file)).StatusCode);
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(Editable));
        Assert.Equal(409, (int)(await http.PutAsync(new Uri(file, "?replace=true"), content)).StatusCode);
        await AssertNothingLostAsync(cluster, [editor]);
    }

    private static async Task VersionAsync(params string[] settings)
    {
        string[] keys = Keys(1);
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(Editable, keys, 2, 2, settings);
        await using var editor = new ClusterEditor(cluster.Apis, keys[0], "editor");
        await editor.InsertAsync();
        using var http = new HttpClient();
        JsonNode first = await NameAsync(cluster.Apis[0], keys[0], "first");
        await cluster.KillSiloAsync((await cluster.OwnerOfAsync(keys[0]))!);
        await editor.InsertAsync();
        JsonNode second = await NameAsync(cluster.Apis[1], keys[0], "second");
        Assert.Equal(first["id"]!.GetValue<string>(), second["parentId"]!.GetValue<string>());
        JsonArray versions = JsonNode.Parse(await http.GetStringAsync(new Uri(cluster.Apis[0], $"/api/imodels/{keys[0]}/versions")))!.AsArray();
        Assert.Equal(["first", "second"], versions.Select(version => version!["name"]!.GetValue<string>()));
        foreach (int index in (int[])[1, 2])
        {
            byte[] file = await http.GetByteArrayAsync(new Uri(cluster.Apis[1], $"/api/imodels/{keys[0]}/versions/{index}/file"));
            Assert.Equal(versions[index - 1]!["fileSize"]!.GetValue<long>(), file.Length);
        }

        string key = $"{keys[0]}.versions/000001.bim";
        await using var viewer = new ClusterViewer(cluster.Apis[1], key);
        await viewer.StartAsync();
        Assert.Equal(1, (await viewer.QueryAsync("SELECT count(*) FROM bis.Subject WHERE UserLabel LIKE 'editor-%'"))[0]![0]!.GetValue<double>());
    }
}
