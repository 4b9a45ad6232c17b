using ITwinOrleans.Api.Live.Relay;

namespace ITwinOrleans.Api.Live.Hub;

/// <summary>An iModel that a connection has open.</summary>
/// <param name="IModel">The iModel.</param>
/// <param name="Session">The session on it.</param>
internal sealed record OpenedIModel(LiveIModelRef IModel, RelaySession Session);
