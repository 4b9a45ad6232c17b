using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ITwinOrleans.Tests.Support;

/// <summary>Inserts one element after the other into an iModel until it is stopped, each under an operation id that is repeated, at one Api or the other, until it is acknowledged.</summary>
internal sealed class ClusterEditor : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(40) };
    private readonly IReadOnlyList<Uri> _apis;
    private readonly string _name;
    private readonly CancellationTokenSource _stopping = new(), _abandoned = new();
    private readonly ConcurrentDictionary<string, long> _acknowledged = new();
    private readonly ConcurrentDictionary<string, int> _refusals = new();
    private readonly ConcurrentQueue<(long Started, long Ended)> _times = [];
    private Task _running = Task.CompletedTask;
    private int _next;

    /// <param name="apis">Where the Apis are; the first is asked first.</param>
    /// <param name="key">The iModel.</param>
    /// <param name="name">Begins its operation ids, which are the labels of its elements, too.</param>
    public ClusterEditor(IReadOnlyList<Uri> apis, string key, string name) => (_apis, Key, _name) = (apis, key, name);

    /// <summary>The iModel.</summary>
    public string Key { get; }

    /// <summary>What was acknowledged: operation ids with their sequences.</summary>
    public IReadOnlyDictionary<string, long> Acknowledged => _acknowledged;

    /// <summary>How long after a time (of <see cref="Stopwatch"/>) the first operation was acknowledged that began after it; null if none was.</summary>
    public TimeSpan? FirstAcknowledgementAfter(long timestamp)
    {
        long[] ended = [.. _times.Where(time => time.Started >= timestamp).Select(time => time.Ended)];
        return ended.Length == 0 ? null : Stopwatch.GetElapsedTime(timestamp, ended.Min());
    }

    /// <summary>The longest time that an operation which began after a time took.</summary>
    public TimeSpan LongestPauseAfter(long timestamp) =>
        _times.Where(time => time.Started >= timestamp).Select(time => Stopwatch.GetElapsedTime(time.Started, time.Ended)).DefaultIfEmpty().Max();

    /// <summary>How often which refusal or failure was answered.</summary>
    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    /// <summary>Inserts one element and waits until that is acknowledged.</summary>
    public Task InsertAsync() => InsertAsync(CancellationToken.None);

    /// <summary>Goes on inserting.</summary>
    /// <param name="rest">The pause after each.</param>
    public void Start(TimeSpan rest) => _running = RunAsync(rest);

    /// <summary>Stops after the operation under way is acknowledged.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    /// <summary>Ends it whatever becomes of the operation under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _abandoned.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
        _abandoned.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync(TimeSpan rest)
    {
        while (!_stopping.IsCancellationRequested)
        {
            await InsertAsync(_abandoned.Token);
            await Task.Delay(rest, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task InsertAsync(CancellationToken cancellationToken)
    {
        string operation = $"{_name}-{++_next}";
        long started = Stopwatch.GetTimestamp();
        for (int attempt = 0; ; attempt++)
        {
            if (await TryInsertAsync(_apis[attempt % _apis.Count], operation, cancellationToken) is { } sequence)
            {
                _acknowledged[operation] = sequence;
                _times.Enqueue((started, Stopwatch.GetTimestamp()));
                return;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<long?> TryInsertAsync(Uri api, string operation, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await _http.PostAsJsonAsync(new Uri(api, $"/api/imodels/{Key}/transactions"), Transaction(operation), cancellationToken);
            JsonNode? answer = await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
            if (response.IsSuccessStatusCode)
                return answer!["sequence"]!.GetValue<long>();
            string refusal = answer?["error"]?["name"]?.GetValue<string>() ?? response.StatusCode.ToString();
            _refusals.AddOrUpdate(refusal, 1, (_, count) => count + 1);
            return refusal is "Moved" or "Busy" or "OutcomeUnknown" || (int)response.StatusCode >= 500
                ? null
                : throw new InvalidOperationException($"{operation} was refused: {answer}");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or System.Text.Json.JsonException && !cancellationToken.IsCancellationRequested)
        {
            _refusals.AddOrUpdate(exception.GetType().Name, 1, (_, count) => count + 1);
            return null;
        }
    }

    /// <summary>A transaction that inserts an element of the operation's name.</summary>
    public static JsonObject Transaction(string operation) => new()
    {
        ["operationId"] = operation,
        ["operations"] = new JsonArray(new JsonObject
        {
            ["action"] = "insert",
            ["entity"] = "element",
            ["props"] = new JsonObject
            {
                ["classFullName"] = "BisCore:Subject",
                ["model"] = "0x1",
                ["code"] = new JsonObject { ["spec"] = "0x1", ["scope"] = "0x1", ["value"] = "" },
                ["parent"] = new JsonObject { ["id"] = "0x1", ["relClassName"] = "BisCore:SubjectOwnsSubjects" },
                ["userLabel"] = operation,
            },
        }),
    };
}
