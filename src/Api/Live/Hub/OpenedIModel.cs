using ITwinOrleans.Api.Live.Ipc;
using ITwinOrleans.Api.Live.Relay;

namespace ITwinOrleans.Api.Live.Hub;

/// <summary>An iModel that a connection has open, by the hub's methods, by iTwin.js's IPC functions, or by both.</summary>
/// <param name="iModel">The iModel.</param>
/// <param name="session">The session on it.</param>
/// <param name="isWritable">Whether it, and the caller's rights, let it be edited.</param>
internal sealed class OpenedIModel(LiveIModelRef iModel, RelaySession session, bool isWritable)
{
    public LiveIModelRef IModel => iModel;

    public RelaySession Session => session;

    public bool IsWritable => isWritable;

    /// <summary>Whether the hub's method <c>Open</c> opened it.</summary>
    public bool IsOpenByHub { get; set; }

    /// <summary>What IPC keeps of it; null when no frontend has it open over IPC.</summary>
    public IpcIModel? Ipc { get; set; }
}
