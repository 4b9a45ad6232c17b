using ITwinOrleans.Durability.Tests.Support;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Durability.Local;
using ITwinOrleans.Grains.Durability.PostgreSql;
using ITwinOrleans.Grains.Files;
using ITwinOrleans.Grains.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Durability.Tests.Hosting;

public sealed class OptionsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Dictionary<string, string?> Settings => new()
    {
        ["Durability:Mode"] = "PostgreSql",
        ["Durability:ConnectionString"] = "Host=127.0.0.1;Port=1;Username=x;Database=x",
        ["Durability:LiveFolder"] = _folder["live"],
        ["Files:Mode"] = "Folder",
        ["Files:Folder"] = _folder.Path,
        ["Files:CacheFolder"] = _folder["cache"],
    };

    private static ServiceProvider Build(Dictionary<string, string?> settings)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddITwinDurability();
        services.Configure<DurabilityOptions>(configuration.GetSection("Durability"));
        services.Configure<FilesOptions>(configuration.GetSection("Files"));
        return services.BuildServiceProvider();
    }

    private static void Validate(Dictionary<string, string?> settings)
    {
        using ServiceProvider services = Build(settings);
        services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public async Task Without_settings_everything_is_local()
    {
        await using ServiceProvider services = Build([]);
        Assert.IsType<LocalOwnershipStore>(services.GetRequiredService<IOwnershipStore>());
        Assert.IsType<LocalLiveFiles>(services.GetRequiredService<ILiveFiles>());
        Assert.IsType<LocalJournals>(services.GetRequiredService<ICommitJournals>());
        Validate([]);
    }

    [Theory]
    [InlineData("Folder", typeof(FolderFileStore))]
    [InlineData("S3", typeof(S3FileStore))]
    public async Task Modes_choose_what_is_used(string mode, Type store)
    {
        Dictionary<string, string?> settings = Settings;
        settings["Files:Mode"] = mode;
        settings["Files:S3:Bucket"] = "b";
        settings["Files:S3:ServiceUrl"] = "http://127.0.0.1:1";
        settings["Files:S3:AccessKey"] = settings["Files:S3:SecretKey"] = "x";
        Validate(settings);
        await using ServiceProvider services = Build(settings);
        Assert.IsType<PostgreSqlOwnershipStore>(services.GetRequiredService<IOwnershipStore>());
        Assert.IsType<PostgreSqlLiveFiles>(services.GetRequiredService<ILiveFiles>());
        Assert.IsType<PostgreSqlJournals>(services.GetRequiredService<ICommitJournals>());
        Assert.IsType(store, services.GetRequiredService<IFileStore>());
    }

    [Theory]
    [InlineData("Durability:Mode", "7", "Mode")]
    [InlineData("Durability:ConnectionString", "", "ConnectionString")]
    [InlineData("Durability:ConnectionString", "no connection", "ConnectionString")]
    [InlineData("Durability:LiveFolder", "", "LiveFolder")]
    [InlineData("Durability:Patience", "00:05:00", "Patience")]
    [InlineData("Durability:RetryDelay", "00:00:00", "RetryDelay")]
    [InlineData("Durability:CompactionBytes", "0", "CompactionBytes")]
    [InlineData("Durability:RetainedCommits", "-1", "RetainedCommits")]
    [InlineData("Files:Folder", "/does/not/exist", "Folder")]
    [InlineData("Files:CacheFolder", "", "CacheFolder")]
    [InlineData("Files:Mode", "S3", "S3.Bucket")]
    public void Settings_that_cannot_work_stop_the_start_and_are_named(string setting, string value, string named)
    {
        Dictionary<string, string?> settings = Settings;
        settings[setting] = value;
        Assert.Contains(named, Assert.ThrowsAny<OptionsValidationException>(() => Validate(settings)).Message);
    }
}
