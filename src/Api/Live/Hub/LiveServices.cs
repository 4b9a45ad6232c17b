using ITwinOrleans.Api.Live.Relay;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Live.Hub;

/// <summary>What all connections share.</summary>
internal sealed class LiveServices(ILiveIModels iModels, LiveCaller caller, LiveRelays relays, IOptions<LiveHubOptions> options, TimeProvider time, ILogger<LiveServices> logger)
{
    public ILiveIModels IModels => iModels;

    public LiveCaller Caller => caller;

    public LiveRelays Relays => relays;

    public LiveHubOptions Options => options.Value;

    public TimeProvider Time => time;

    public ILogger Logger => logger;
}
