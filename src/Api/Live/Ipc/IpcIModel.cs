using System.Text.Json.Nodes;
using ITwinOrleans.Api.Live.Hub;

namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>An iModel that an unmodified frontend has open.</summary>
/// <param name="opened">The iModel.</param>
/// <param name="events">Its place in the feed, which becomes iTwin.js's events.</param>
/// <param name="changeset">The changeset that the file is at, as long as no version was named.</param>
internal sealed class IpcIModel(OpenedIModel opened, IpcCursor events, JsonObject changeset)
{
    /// <summary>The iModel.</summary>
    public OpenedIModel Opened => opened;

    /// <summary>Its place in the feed.</summary>
    public IpcCursor Events => events;

    /// <summary>The changeset that the file is at: <c>{ id, index }</c>.</summary>
    public JsonObject Changeset => changeset;

    /// <summary>What is not saved.</summary>
    public StagedChanges Staged { get; } = new();

    /// <summary>One edit, save or undo at a time.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>Operations up to this commit are not undone: <c>restartTxnSession</c> sets it.</summary>
    public long UndoFloor { get; set; }
}
