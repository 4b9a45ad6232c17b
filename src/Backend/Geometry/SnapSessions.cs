using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Native.Geometry;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Geometry;

/// <summary>The snaps that are under way, one per frontend session: a new one ends the one before (core-backend <c>IModelDb.requestSnap</c>).</summary>
/// <remarks>Used on the engine thread, except for <see cref="SnapAsync"/> and <see cref="CancelAsync"/>.</remarks>
internal sealed class SnapSessions
{
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Finds the point that the cursor snaps to.</summary>
    /// <param name="iModel">The iModel.</param>
    /// <param name="sessionId">The frontend's session.</param>
    /// <param name="request">iTwin.js <c>SnapRequestProps</c>, JSON.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>iTwin.js <c>SnapResponseProps</c>; the caller disposes it.</returns>
    public async Task<NativeResult> SnapAsync(IModelDb iModel, string sessionId, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        (Session session, Task<NativeResult> snap) = await iModel.RunAsync(native => Start(native, sessionId, request), cancellationToken).ConfigureAwait(false);
        try
        {
            return await snap.ConfigureAwait(false);
        }
        finally
        {
            await iModel.LeaveAsync(() => End(sessionId, session)).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the session's snap, if one is under way.</summary>
    public Task CancelAsync(IModelDb iModel, string sessionId, CancellationToken cancellationToken) => iModel.RunAsync(
        _ =>
        {
            if (_sessions.Remove(sessionId, out Session? session))
                session.Request.Cancel();
            return true;
        },
        cancellationToken);

    private (Session Session, Task<NativeResult> Snap) Start(DgnDb native, string sessionId, ReadOnlyMemory<byte> request)
    {
        if (_sessions.TryGetValue(sessionId, out Session? session))
            session.Request.Cancel();
        else
            _sessions[sessionId] = session = new Session(new SnapRequest(native));
        session.Uses++;
        try
        {
            return (session, session.Request.SnapAsync(request));
        }
        catch
        {
            End(sessionId, session);
            throw;
        }
    }

    // Another snap of the session may use the same native request by now.
    private void End(string sessionId, Session session)
    {
        if (--session.Uses > 0)
            return;
        if (_sessions.TryGetValue(sessionId, out Session? known) && ReferenceEquals(known, session))
            _sessions.Remove(sessionId);
        session.Request.Dispose();
    }

    private sealed class Session(SnapRequest request)
    {
        public SnapRequest Request { get; } = request;

        public int Uses { get; set; }
    }
}
