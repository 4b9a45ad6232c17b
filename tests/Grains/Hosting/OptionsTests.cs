using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Hosting;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Tests.Fixtures;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Tests.Hosting;

public sealed class OptionsTests
{
    [Theory]
    [InlineData(nameof(OwnerOptions.MaxOpenIModels))]
    [InlineData(nameof(OwnerOptions.MaxConcurrentCalls))]
    [InlineData(nameof(OwnerOptions.IdleTime))]
    [InlineData(nameof(CatalogOptions.DataFolder))]
    public async Task Start_setting_that_cannot_work_is_refused_by_name(string setting)
    {
        using var data = new DataFolder();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IWorkerPool>(new MemoryWorkerPool(1, new EngineLog()));
        builder.Services.Configure<CatalogOptions>(o => o.DataFolder = setting == nameof(o.DataFolder) ? data.PathOf("missing") : data.Path);
        builder.Services.Configure<OwnerOptions>(o =>
        {
            o.MaxOpenIModels = setting == nameof(o.MaxOpenIModels) ? 0 : 1;
            o.MaxConcurrentCalls = setting == nameof(o.MaxConcurrentCalls) ? -1 : 1;
            o.IdleTime = setting == nameof(o.IdleTime) ? TimeSpan.Zero : TimeSpan.FromMinutes(1);
        });
        builder.AddITwinGrains();
        using var host = builder.Build();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync()).For("the refusal");
        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddITwinGrains_port_that_is_none_is_refused() => Assert.Throws<OptionsValidationException>(
        () => Host.CreateApplicationBuilder().AddITwinGrains(new LoopbackSiloOptions { SiloPort = 70_000 }));
}
