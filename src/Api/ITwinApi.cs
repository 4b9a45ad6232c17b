using ITwinOrleans.Api.Catalog;
using ITwinOrleans.Api.Cluster;
using ITwinOrleans.Api.Health;
using ITwinOrleans.Api.Live;
using ITwinOrleans.Api.Live.Rest;
using ITwinOrleans.Api.Pages;
using ITwinOrleans.Api.Rpc;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Api.Tiles;
using ITwinOrleans.Grains.Clustering;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api;

/// <summary>The web application: how it is made and run.</summary>
public static class ITwinApi
{
    /// <summary>Four lines for each request, written while it waits, cost more than most requests; <see cref="Rpc.RpcHandler"/> logs each with its activity.</summary>
    private static readonly Dictionary<string, string?> QuietFrameworks = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Polly"] = nameof(LogLevel.Warning),
    };

    /// <summary>A builder whose web root is the web client beside the program, or what <c>--webroot</c> names.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        string webRoot = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Array.Exists(args, arg => arg.StartsWith("--webroot", StringComparison.Ordinal)) || !Directory.Exists(webRoot) ? null : webRoot,
        });

        // Below every other source, so that settings still decide.
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietFrameworks });
        return builder;
    }

    /// <summary>Builds and runs until the process is told to end.</summary>
    /// <param name="args">The command line: settings, as <c>--Section:Name value</c>.</param>
    /// <param name="configure">Adds the edge and what stands behind it.</param>
    /// <returns>The process's exit code: 0, or 1 when settings or addresses are refused, or the cluster cannot be joined; why is on the error stream.</returns>
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder> configure)
    {
        try
        {
            WebApplicationBuilder builder = CreateBuilder(args);
            configure(builder);
            await using WebApplication app = builder.Build();
            app.MapITwinApi();

            // The host does this too, but logs each refusal with its stack.
            app.Services.GetService<IStartupValidator>()?.Validate();
            app.Services.GetRequiredService<BindingGuard>().CheckSettings();
            await app.RunAsync().ConfigureAwait(false);
            return 0;
        }
        catch (Exception exception) when (exception is StartRefusedException or OptionsValidationException or ClusterStartException)
        {
            await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return 1;
        }
    }

    /// <summary>All middleware and routes of the application.</summary>
    public static WebApplication MapITwinApi(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRequestDecompression();
        app.UseResponseCompression();
        app.UsePages();
        app.UseLiveOrigins();
        app.UseRouting();
        if (app.Services.GetRequiredService<IOptions<AuthenticationSettings>>().Value.IsConfigured)
        {
            app.UseAuthentication();
            app.UseAuthorization();
        }

        app.MapRpc();
        app.MapTiles();
        app.MapLive();
        app.MapLiveRest();
        app.MapCatalog();
        app.MapCluster();
        app.MapHealth();
        app.MapOpenApi();
        app.MapPages();
        return app;
    }
}
