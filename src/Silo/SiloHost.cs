using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Clustering;
using ITwinOrleans.Grains.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Silo;

/// <summary>A process that owns iModels: one silo of a cluster, with its workers. Settings come from arguments, the environment and <c>appsettings.json</c>.</summary>
public static class SiloHost
{
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Cluster:Mode"] = "PostgreSql",
        ["Logging:LogLevel:Orleans"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Microsoft.Orleans"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Polly"] = nameof(LogLevel.Warning),
    };

    /// <summary>A builder with the settings of the process.</summary>
    public static HostApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });

        // Below every other source, so that settings still decide.
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        return builder;
    }

    /// <summary>Builds and runs until the process is told to end (SIGTERM or Ctrl+C): then hands its iModels over and stops.</summary>
    /// <param name="builder">The process's builder.</param>
    /// <param name="applicationInterfaces">RPC interfaces of the application beside <see cref="RpcInterfaceTypes.BuiltIn"/>, which the workers must have, too.</param>
    /// <returns>The exit code: 0, or 1 when settings are refused or the cluster cannot be joined; why is on the error stream.</returns>
    public static async Task<int> RunSiloAsync(this HostApplicationBuilder builder, params IEnumerable<Type> applicationInterfaces)
    {
        try
        {
            builder.Services.AddSingleton<IRpcInterfaceCatalog>(new RpcInterfaceTypes([.. RpcInterfaceTypes.BuiltIn, .. applicationInterfaces]));
            builder.AddITwinTelemetry("itwin-silo");
            builder.AddITwinClusterSilo();
            using var host = builder.Build();
            await host.RunAsync().ConfigureAwait(false);
            return 0;
        }
        catch (Exception exception) when (exception is OptionsValidationException or ClusterStartException)
        {
            await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return 1;
        }
    }
}
