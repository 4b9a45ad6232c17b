using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace ITwinOrleans.Tests.Support;

/// <summary>A connection to an Api's hub.</summary>
internal static class ClusterHub
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>A connection that is not started yet.</summary>
    public static HubConnection Connection(Uri api) => new HubConnectionBuilder()
        .WithUrl(new Uri(api, "/live"), HttpTransportType.WebSockets, options => options.SkipNegotiation = true).Build();

    /// <summary>Opens an iModel as a person.</summary>
    public static Task OpenAsync(this HubConnection connection, string key, string person) =>
        connection.CallAsync("Open", new { key, person = new { name = person, id = person, color = "#00f" } });

    /// <summary>Calls a method.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public static async Task<JsonElement> CallAsync(this HubConnection connection, string method, params object?[] arguments)
    {
        JsonElement answer = await connection.InvokeCoreAsync<JsonElement>(method, arguments).WaitAsync(Limit);
        return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out JsonElement error) ? throw new InvalidOperationException($"{method}: {error}") : answer;
    }
}
