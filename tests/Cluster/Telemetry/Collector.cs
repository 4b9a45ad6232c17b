using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Cluster.Tests.Telemetry;

/// <summary>A collector of OpenTelemetry on loopback (OTLP over HTTP).</summary>
internal sealed class Collector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<CollectedSpan> _spans = [];
    private readonly ConcurrentDictionary<string, bool> _metrics = new();

    public Collector()
    {
        Endpoint = $"http://127.0.0.1:{FreePort.Find().ToString(CultureInfo.InvariantCulture)}/";
        _listener.Prefixes.Add(Endpoint);
        _listener.Start();
        _ = ListenAsync();
    }

    /// <summary>Where it is.</summary>
    public string Endpoint { get; }

    /// <summary>The spans that came.</summary>
    public IReadOnlyCollection<CollectedSpan> Spans => _spans;

    /// <summary>The names of the metrics that came.</summary>
    public IReadOnlyCollection<string> Metrics => [.. _metrics.Keys];

    public void Dispose() => _listener.Close();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                Take(context.Request.Url!.AbsolutePath, body.ToArray());
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // It was closed.
        }
    }

    // opentelemetry-proto: ExportTraceServiceRequest and ExportMetricsServiceRequest have the same outer fields.
    private void Take(string path, ReadOnlyMemory<byte> request)
    {
        foreach (ReadOnlyMemory<byte> resource in request.Field(1))
        {
            string service = Attributes(resource.Field(1).First(), 1).GetValueOrDefault("service.name", "");
            foreach (ReadOnlyMemory<byte> item in resource.Field(2).SelectMany(scope => scope.Field(2)))
            {
                if (path == "/v1/traces")
                    _spans.Enqueue(new CollectedSpan(service, item.Hex(1), item.Hex(2), item.Hex(4), item.Text(5), Attributes(item, 9)));
                else if (path == "/v1/metrics")
                    _metrics[$"{service}: {item.Text(1)}"] = true;
            }
        }
    }

    private static Dictionary<string, string> Attributes(ReadOnlyMemory<byte> message, int number) =>
        message.Field(number).GroupBy(pair => pair.Text(1)).ToDictionary(pair => pair.Key, pair => pair.Last().Field(2).Select(value => value.Text(1)).FirstOrDefault(""));
}
