using System.Text.Json;
using ITwinOrleans.Api.Live.Ipc;
using ITwinOrleans.Api.Live.Relay;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;
using Microsoft.AspNetCore.SignalR;

namespace ITwinOrleans.Api.Live.Hub;

/// <summary>The hub of live iModels at <c>/live</c>; docs/live.md describes each method. Whatever is refused is an answer: <c>{"error": …}</c>.</summary>
internal sealed class LiveHub(LiveServices services, LiveConnections connections, IAccessResolver accessResolver) : Microsoft.AspNetCore.SignalR.Hub
{
    private static readonly object Key = new(), IpcKey = new();

    /// <summary>The connection of a call.</summary>
    internal static LiveConnection ConnectionOf(HubCallerContext context) => (LiveConnection)context.Items[Key]!;

    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        HttpContext http = Context.GetHttpContext() ?? throw new HubException("The connection has no request.");
        HubConnectionContext connection = connections.Find(Context.ConnectionId) ?? throw new HubException("The connection is gone.");
        var writer = new ClientWriter(connection, services.Relays.LargeMessages, services.Options, services.Time, services.Logger);
        var opened = new LiveConnection(services, writer, accessResolver.Resolve(http), Context.User);
        Context.Items[Key] = opened;
        Context.Items[IpcKey] = new IpcDispatcher(services, opened);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDisconnectedAsync(Exception? exception) => await ConnectionOf(Context).DisposeAsync().ConfigureAwait(false);

    public async Task<RawJson> Open(OpenArguments iModel) => new(await Connection.OpenAsync(iModel, Context.ConnectionAborted).ConfigureAwait(false));

    public async Task<RawJson> Close(string key)
    {
        await Connection.CloseAsync(key).ConfigureAwait(false);
        return new RawJson(LiveAnswers.Done);
    }

    public async Task<RawJson> Subscribe(string key, LiveState? state)
    {
        LiveState from = await Connection.SubscribeAsync(key, state, Context.ConnectionAborted).ConfigureAwait(false);
        return new RawJson(JsonSerializer.SerializeToUtf8Bytes(from, LiveJson.Default.LiveState));
    }

    public RawJson Unsubscribe(string key)
    {
        Connection.Unsubscribe(key);
        return new RawJson(LiveAnswers.Done);
    }

    public Task<RawJson> Transact(string key, RawJson transaction) => CallAsync(key, LiveOperation.Transact, transaction);

    public Task<RawJson> Undo(string key, RawJson request) => CallAsync(key, LiveOperation.Undo, request);

    public Task<RawJson> Redo(string key, RawJson request) => CallAsync(key, LiveOperation.Redo, request);

    public Task<RawJson> History(string key, RawJson request) => CallAsync(key, LiveOperation.History, request);

    public Task<RawJson> Lock(string key, RawJson ids) => CallAsync(key, LiveOperation.Lock, ids);

    public Task<RawJson> Unlock(string key, RawJson ids) => CallAsync(key, LiveOperation.Unlock, ids);

    public Task<RawJson> SetPresence(string key, RawJson presence) => CallAsync(key, LiveOperation.SetPresence, presence);

    public async Task<RawJson> IpcInvoke(string channel, string method, JsonElement[] arguments) =>
        new(await Ipc.InvokeAsync(channel, method, arguments, Context.ConnectionAborted).ConfigureAwait(false));

    /// <summary>No channel of the server's listens: iTwin.js's frontend sends nothing by itself.</summary>
    public void IpcSend(string channel, JsonElement[] arguments) => IpcLog.Unheard(services.Logger, channel, arguments.Length);

    private IpcDispatcher Ipc => (IpcDispatcher)Context.Items[IpcKey]!;

    private LiveConnection Connection => ConnectionOf(Context);

    private async Task<RawJson> CallAsync(string key, LiveOperation operation, RawJson json) =>
        new(await Connection.CallAsync(key, operation, json.Utf8, Context.ConnectionAborted).ConfigureAwait(false));
}
