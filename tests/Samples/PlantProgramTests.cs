namespace ITwinOrleans.Samples.Tests;

[Collection(PlantCollection.Name)]
public sealed class PlantProgramTests(PlantFixture plant)
{
    private const string Everything =
        "SELECT ECInstanceId, ECClassId, Model.Id, Category.Id, Parent.Id, CodeValue, UserLabel, FederationGuid, Origin, Yaw, Pitch, Roll, BBoxLow, BBoxHigh FROM bis.GeometricElement3d ORDER BY ECInstanceId";

    [Fact]
    public async Task Program_refuses_a_file_that_exists_and_leaves_it()
    {
        string path = plant.PathOf("existing.bim");
        await File.WriteAllTextAsync(path, "mine");
        (int exitCode, _, string error) = await PlantProgram.RunAsync(path);
        Assert.Equal(1, exitCode);
        Assert.Contains("exists already", error);
        Assert.Equal("mine", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Program_refuses_a_folder_that_is_missing()
    {
        (int exitCode, _, string error) = await PlantProgram.RunAsync(plant.PathOf("missing/plant.bim"));
        Assert.Equal(1, exitCode);
        Assert.Contains("There is no folder", error);
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("a.bim", "b.bim")]
    public async Task Program_says_how_it_is_used(params string[] arguments)
    {
        (int exitCode, _, string error) = await PlantProgram.RunAsync(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains("Usage", error);
    }

    [Fact]
    public async Task Program_run_twice_makes_the_same_elements()
    {
        string again = await plant.MakeAsync("again.bim");
        List<string> first = await plant.ReadAsync(db => db.Query(Everything)), second = await plant.ReadAsync(again, db => db.Query(Everything));
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Program_leaves_one_file_that_is_read_without_a_log_beside_it()
    {
        string path = await plant.MakeAsync("alone.bim");
        string[] whileOpen = await plant.ReadAsync(path, db => Directory.GetFiles(Path.GetDirectoryName(db.FilePath)!, "alone*"));
        Assert.Equal([path], whileOpen);
    }
}
