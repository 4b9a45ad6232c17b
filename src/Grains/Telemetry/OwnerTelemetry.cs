using System.Diagnostics;
using System.Diagnostics.Metrics;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Grains.Telemetry;

/// <summary>The spans and metrics of owners. Metrics have no iModel's key among their attributes, which would be one series for each; spans do.</summary>
internal static class OwnerTelemetry
{
    /// <summary>The name of spans and metrics.</summary>
    public const string Name = "ITwinOrleans";

    private const string Unknown = "unknown";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Calls = Meter.CreateHistogram<double>("itwin.call.duration", "s", "RPC operations at the owner, by interface, operation and status.");
    private static readonly Histogram<double> LiveCalls = Meter.CreateHistogram<double>("itwin.live.duration", "s", "What sessions ask of a live iModel's owner, by operation and outcome; of a write until it is durable.");
    private static readonly Histogram<double> Openings = Meter.CreateHistogram<double>("itwin.opening.duration", "s", "Openings of iModels, by mode (read, write) and outcome.");
    private static readonly Histogram<double> Appends = Meter.CreateHistogram<double>("itwin.journal.append.duration", "s", "Transactions of the journal in the database; one may carry many commits.");
    private static readonly Counter<long> Moves = Meter.CreateCounter<long>("itwin.moves", "{move}", "iModels that the balance moved to another silo.");

    /// <summary>Begins an RPC operation.</summary>
    public static Operation StartCall(string key, RpcCall call) =>
        new(Source.StartActivity("imodel.call")?.SetTag("itwin.imodel", key).SetTag("rpc.service", call.Interface).SetTag("rpc.method", call.Operation)
            .SetTag("itwin.activity.id", call.Activity.Id), Calls.Enabled);

    /// <summary>Ends it.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="call">The call.</param>
    /// <param name="isKnown">Whether there is such an operation: what clients make up is no attribute of a metric.</param>
    /// <param name="status">How it ended; null by an exception.</param>
    public static void EndCall(in Operation operation, RpcCall call, bool isKnown, RpcStatus? status)
    {
        var outcome = status?.ToString() ?? "Failed";
        if (status is null or RpcStatus.Rejected)
            operation.Span?.SetStatus(ActivityStatusCode.Error, outcome);
        if (operation.IsMeasured)
        {
            Calls.Record(operation.Seconds, [
                new("rpc.service", isKnown ? call.Interface : Unknown), new("rpc.method", isKnown ? call.Operation : Unknown), new("status", outcome)]);
        }

        operation.Span?.Dispose();
    }

    /// <summary>Begins what a session asks.</summary>
    public static Operation StartLive(string key, LiveCall call) =>
        new(Source.StartActivity("imodel.live")?.SetTag("itwin.imodel", key).SetTag("itwin.operation", call.Operation.ToString()).SetTag("itwin.session", call.Session), LiveCalls.Enabled);

    /// <summary>Ends it.</summary>
    public static void EndLive(in Operation operation, LiveCall call, ReadOnlyMemory<byte>? answer)
    {
        var outcome = answer is null ? "failed" : answer.Value.Span.StartsWith(LiveAnswers.RefusalStart) ? "refused" : "done";
        if (outcome != "done")
            operation.Span?.SetStatus(ActivityStatusCode.Error, outcome);
        if (operation.IsMeasured)
            LiveCalls.Record(operation.Seconds, [new("operation", call.Operation.ToString()), new("outcome", outcome)]);
        operation.Span?.Dispose();
    }

    /// <summary>Begins an opening.</summary>
    public static Operation StartOpening(string key) => new(Source.StartActivity("imodel.open")?.SetTag("itwin.imodel", key), Openings.Enabled);

    /// <summary>Ends it.</summary>
    /// <param name="operation">The opening.</param>
    /// <param name="state">The state that it was opened in for writing; null for reading.</param>
    /// <param name="isOpen">Whether it is open.</param>
    public static void EndOpening(in Operation operation, LiveState? state, bool isOpen)
    {
        operation.Span?.SetTag("itwin.epoch", state?.Epoch).SetTag("itwin.sequence", state?.Sequence);
        if (!isOpen)
            operation.Span?.SetStatus(ActivityStatusCode.Error);
        if (operation.IsMeasured)
            Openings.Record(operation.Seconds, [new("mode", state is null ? "read" : "write"), new("outcome", isOpen ? "open" : "failed")]);
        operation.Span?.Dispose();
    }

    /// <summary>Measures a transaction of the journal.</summary>
    public static async Task<T> AppendAsync<T>(string key, int commits, Func<Task<T>> append)
    {
        var operation = new Operation(Source.StartActivity("journal.append")?.SetTag("itwin.imodel", key).SetTag("itwin.commits", commits), Appends.Enabled);
        using (operation.Span)
        {
            var result = await append().ConfigureAwait(false);
            if (operation.IsMeasured)
                Appends.Record(operation.Seconds);
            return result;
        }
    }

    /// <summary>An iModel was moved.</summary>
    public static void Moved() => Moves.Add(1);

    /// <summary>Something under way.</summary>
    /// <param name="Span">Its span; null when nobody listens, or it is not sampled.</param>
    /// <param name="IsMeasured">Whether somebody listens to its metric.</param>
    public readonly record struct Operation(Activity? Span, bool IsMeasured)
    {
        private readonly long _started = IsMeasured ? Stopwatch.GetTimestamp() : 0;

        /// <summary>How long it has been under way.</summary>
        public double Seconds => Stopwatch.GetElapsedTime(_started).TotalSeconds;
    }
}
