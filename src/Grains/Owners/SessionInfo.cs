namespace ITwinOrleans.Grains.Owners;

/// <summary>One frontend that uses an iModel.</summary>
/// <param name="SessionId">The frontend's session id.</param>
/// <param name="ApplicationId">The frontend application's id, or empty.</param>
/// <param name="ApplicationVersion">The frontend application's version, or empty.</param>
/// <param name="FirstSeen">Its first call.</param>
/// <param name="LastSeen">Its last call.</param>
/// <param name="Calls">How many calls it made.</param>
public sealed record SessionInfo(
    string SessionId, string ApplicationId, string ApplicationVersion, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, long Calls);
