using System.Globalization;
using System.Text;
using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.TestWorker;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace ITwinOrleans.Worker.Tests.Support;

/// <summary>Workers with the test handler, and short ways to call them.</summary>
internal static class TestWorkers
{
    public static WorkerOptions Options(Action<WorkerOptions>? change = null, params string[] arguments)
    {
        var options = new WorkerOptions { Program = Path.Combine(AppContext.BaseDirectory, "ITwinOrleans.Worker.TestWorker") };
        foreach (var argument in arguments)
            options.Arguments.Add(argument);
        change?.Invoke(options);
        var result = new WorkerOptionsValidator().Validate(null, options);
        Assert.True(result.Succeeded, result.FailureMessage);
        return options;
    }

    public static WorkerProcess Start(WorkerOptions? options = null, RecordingLogger<WorkerProcess>? logger = null) =>
        new("test", options ?? Options(), logger ?? new RecordingLogger<WorkerProcess>(), TimeProvider.System);

    /// <summary>A worker of either kind.</summary>
    public static IWorker Start(WorkerMode mode, Action<WorkerOptions>? change = null) => mode == WorkerMode.Process
        ? Start(Options(change))
        : new InProcessWorker("test", (events, _) => TestHandler.CreateAsync(events, []), Options(change), NullLogger<InProcessWorker>.Instance);

    public static Task<WorkResponse> SendAsync(this IWorker worker, string operation, string json = "", CancellationToken cancellationToken = default) =>
        worker.CallAsync(new WorkRequest { Operation = operation, Json = Encoding.UTF8.GetBytes(json) }, cancellationToken);

    public static async Task<string> AskAsync(this IWorker worker, string operation, string json = "")
    {
        using var response = await Wait.ForAsync(worker.SendAsync(operation, json), $"the answer to {operation}");
        return Encoding.UTF8.GetString(response.Json.Span);
    }

    public static async Task<long> AskNumberAsync(this IWorker worker, string operation, string json = "") =>
        long.Parse(await worker.AskAsync(operation, json), CultureInfo.InvariantCulture);

    /// <summary>Waits for an event with that topic and details; others before it are passed over.</summary>
    public static async Task UntilEventAsync(this IAsyncEnumerator<WorkEvent> events, string topic, string json)
    {
        do
        {
            Assert.True(await Wait.ForAsync(events.MoveNextAsync().AsTask(), $"the event {topic} {json}"));
        }
        while (events.Current.Topic != topic || Encoding.UTF8.GetString(events.Current.Json.Span) != json);
    }

    /// <summary>Completes when the worker is in that state in that generation or a later one.</summary>
    public static async Task UntilAsync(this IWorker worker, WorkerState state, int generation = 1)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnChange(WorkerStateChange change)
        {
            if (change.State == state && change.Generation >= generation)
                reached.TrySetResult();
        }

        worker.StateChanged += OnChange;
        if (worker.State == state && worker.Generation >= generation)
            reached.TrySetResult();
        await Wait.ForAsync(reached.Task, $"the worker to be {state} in generation {generation}");
        worker.StateChanged -= OnChange;
    }
}
