namespace ITwinOrleans.Grains.Telemetry;

/// <summary>How OTLP is spoken.</summary>
public enum TelemetryProtocol
{
    /// <summary>gRPC.</summary>
    Grpc,

    /// <summary>Protobuf over HTTP, to <c>/v1/traces</c> and <c>/v1/metrics</c> of the endpoint.</summary>
    Http,
}
