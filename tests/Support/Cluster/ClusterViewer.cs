using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ITwinOrleans.Tests.Support;

/// <summary>Reads an iModel again and again at one Api by iTwin.js's RPC, as a frontend does: 202 is asked again, everything but 200 else is an error for it.</summary>
internal sealed class ClusterViewer : IAsyncDisposable
{
    private const string Path = "/test/v1.0/mode/1/context/{0}/imodel/{1}/changeset/0/IModelReadRpcInterface-3.7.0-queryRows";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly Uri _api;
    private readonly string _session = Guid.NewGuid().ToString();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly List<(long Started, long Ended)> _reads = [];
    private readonly List<string> _failures = [];
    private string _iTwinId = "", _iModelId = "";
    private Task _running = Task.CompletedTask;

    private readonly TimeSpan _pause;

    /// <param name="api">Where its Api is.</param>
    /// <param name="key">The iModel.</param>
    /// <param name="pause">Between two reads; 20 ms unless told.</param>
    public ClusterViewer(Uri api, string key, TimeSpan? pause = null) => (_api, Key, _pause) = (api, key, pause ?? TimeSpan.FromMilliseconds(20));

    /// <summary>The iModel.</summary>
    public string Key { get; }

    /// <summary>What a frontend would have shown as an error.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (_lock)
                return [.. _failures];
        }
    }

    /// <summary>How many reads were answered.</summary>
    public int Reads
    {
        get
        {
            lock (_lock)
                return _reads.Count;
        }
    }

    /// <summary>How long after a time (of <see cref="Stopwatch"/>) the first read was answered that began after it; null if none was.</summary>
    public TimeSpan? FirstAnswerAfter(long timestamp)
    {
        lock (_lock)
        {
            long[] ended = [.. _reads.Where(read => read.Started >= timestamp).Select(read => read.Ended)];
            return ended.Length == 0 ? null : Stopwatch.GetElapsedTime(timestamp, ended.Min());
        }
    }

    /// <summary>Opens the iModel and reads until disposed.</summary>
    public async Task StartAsync()
    {
        JsonNode listing = JsonNode.Parse(await _http.GetStringAsync(new Uri(_api, "/api/imodels/" + Key)))!;
        (_iTwinId, _iModelId) = (listing["iTwinId"]!.GetValue<string>(), listing["iModelId"]!.GetValue<string>());
        await QueryAsync("SELECT 1 FROM bis.Element LIMIT 1");
        _running = RunAsync();
    }

    /// <summary>The rows of a query.</summary>
    public async Task<JsonArray> QueryAsync(string ecsql)
    {
        while (true)
        {
            (HttpStatusCode status, string body) = await SendAsync(ecsql);
            if (status == HttpStatusCode.OK)
                return JsonNode.Parse(body)!["data"]!.AsArray();
            if (status != HttpStatusCode.Accepted)
                throw new InvalidOperationException($"{(int)status}: {body}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            long started = Stopwatch.GetTimestamp();
            string? failure = null;
            try
            {
                await QueryAsync("SELECT count(*) FROM bis.Element");
            }
            catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or TaskCanceledException or JsonException)
            {
                failure = exception.Message;
            }

            lock (_lock)
            {
                if (failure is null)
                    _reads.Add((started, Stopwatch.GetTimestamp()));
                else
                    _failures.Add(failure);
            }

            await Task.Delay(_pause, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(string ecsql)
    {
        var token = new JsonObject
        {
            ["key"] = Key, ["iTwinId"] = _iTwinId, ["iModelId"] = _iModelId, ["changeset"] = new JsonObject { ["id"] = "", ["index"] = 0 },
        };
        var query = new JsonObject { ["rowFormat"] = 1, ["kind"] = 1, ["valueFormat"] = 0, ["query"] = ecsql, ["args"] = new JsonObject() };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_api, string.Format(CultureInfo.InvariantCulture, Path, _iTwinId, _iModelId)));
        request.Content = new StringContent(new JsonArray(token, query).ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("text/plain"));
        request.Headers.Add("X-Application-Id", "test");
        request.Headers.Add("X-Application-Version", "1.0");
        request.Headers.Add("X-Protocol-Version", "2");
        request.Headers.Add("X-Session-Id", _session);
        request.Headers.Add("X-Correlation-Id", Guid.NewGuid().ToString());
        using HttpResponseMessage response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
