using System.Diagnostics;
using System.Diagnostics.Metrics;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Supervision;

/// <summary>What the supervision of workers tells of itself, to whoever listens: nothing is made where nobody does.</summary>
/// <remarks>
/// A worker's process makes no spans of its own: it is compiled ahead of time, without exporters, and ends with whatever it had not sent. What it does is in the
/// span of the call from here, and its log lines have the call's correlation id.
/// </remarks>
public static class WorkerTelemetry
{
    /// <summary>The name of spans and metrics.</summary>
    public const string Name = "ITwinOrleans.Worker";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Losses = Meter.CreateCounter<long>(
        "itwin.worker.losses", "{loss}", "Worker processes that were lost, by the reason.");

    /// <summary>Begins the span of a call; null when nobody listens.</summary>
    internal static Activity? StartCall(string worker, WorkRequest request)
    {
        Activity? activity = Source.StartActivity("worker.call", ActivityKind.Client);
        return activity?.SetTag("itwin.worker", worker).SetTag("itwin.work", request.Operation).SetTag("itwin.activity.id", request.CorrelationId);
    }

    /// <summary>A process was lost.</summary>
    internal static void Lost(WorkerLossReason reason) => Losses.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
}
