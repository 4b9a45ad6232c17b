using ITwinOrleans.Grains.Clustering;
using ITwinOrleans.Grains.Telemetry;
using ITwinOrleans.Worker.Supervision;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>Sends traces and metrics where the section <c>Telemetry</c> says.</summary>
public static class TelemetryServices
{
    /// <summary>Those of owners, workers, Orleans, the database and the runtime; the edge adds its own to what this returns.</summary>
    /// <param name="host">The process.</param>
    /// <param name="service">Its name among services.</param>
    /// <returns>Null when nothing is sent.</returns>
    /// <exception cref="OptionsValidationException">The settings cannot work; the message says which and why.</exception>
    public static IOpenTelemetryBuilder? AddITwinTelemetry(this IHostApplicationBuilder host, string service)
    {
        if (Read(host.Configuration) is not { } options)
            return null;
        var instance = host.Configuration[$"{ClusterSettings.Section}:{nameof(ClusterSettings.SiloName)}"];
        return host.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceInstanceId: string.IsNullOrEmpty(instance) ? null : instance, autoGenerateServiceInstanceId: true))
            .WithTracing(traces => traces
                .AddSource(OwnerTelemetry.Name, WorkerTelemetry.Name, "Microsoft.Orleans.Application", "Npgsql")
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.SampleRatio)))
                .AddOtlpExporter(exporter => Configure(exporter, options, "traces")))
            .WithMetrics(metrics => metrics
                .AddMeter(OwnerTelemetry.Name, WorkerTelemetry.Name, "Microsoft.Orleans", "Npgsql", "System.Runtime")
                .AddOtlpExporter((exporter, reader) =>
                {
                    Configure(exporter, options, "metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.MetricsInterval.TotalMilliseconds;
                }));
    }

    /// <summary>Whether anything is sent, so that calls to other processes take their trace along.</summary>
    internal static bool IsOn(IConfiguration configuration) => Read(configuration) is not null;

    private static TelemetryOptions? Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new TelemetryOptions();
        if (options.Endpoint.Length == 0)
            options.Endpoint = configuration[TelemetryOptions.StandardEndpoint] ?? "";
        if (options.Endpoint.Length == 0)
            return null;
        List<string> faults = [];
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            faults.Add($"{TelemetryOptions.Section}:{nameof(options.Endpoint)}: \"{options.Endpoint}\" is no address, for example \"http://127.0.0.1:4317\".");
        if (options.SampleRatio is not (>= 0 and <= 1))
            faults.Add($"{TelemetryOptions.Section}:{nameof(options.SampleRatio)}: must be between 0 and 1.");
        if (options.MetricsInterval < TimeSpan.FromSeconds(1) || options.MetricsInterval > TimeSpan.FromHours(1))
            faults.Add($"{TelemetryOptions.Section}:{nameof(options.MetricsInterval)}: must be between a second and an hour.");
        return faults.Count == 0 ? options : throw new OptionsValidationException(TelemetryOptions.Section, typeof(TelemetryOptions), faults);
    }

    private static void Configure(OtlpExporterOptions exporter, TelemetryOptions options, string signal)
    {
        exporter.Protocol = options.Protocol == TelemetryProtocol.Http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = new Uri(options.Protocol == TelemetryProtocol.Http ? $"{options.Endpoint.TrimEnd('/')}/v1/{signal}" : options.Endpoint);
    }
}
