namespace ITwinOrleans.Grains.Telemetry;

/// <summary>Where traces and metrics go: the section <c>Telemetry</c>. Nothing is made, sent or propagated while <see cref="Endpoint"/> is empty.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Telemetry";

    /// <summary>The standard variable, which is used where <see cref="Endpoint"/> is not set.</summary>
    public const string StandardEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>A collector of OpenTelemetry, for example <c>http://127.0.0.1:4317</c>.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>How it is spoken to: <c>Grpc</c> (port 4317 by custom) or <c>Http</c> (protobuf over HTTP, 4318).</summary>
    public TelemetryProtocol Protocol { get; set; }

    /// <summary>The part of requests that are traced, from 0 to 1, where the caller has not decided. Metrics are of all.</summary>
    public double SampleRatio { get; set; } = 1;

    /// <summary>How often metrics are sent.</summary>
    public TimeSpan MetricsInterval { get; set; } = TimeSpan.FromSeconds(15);
}
