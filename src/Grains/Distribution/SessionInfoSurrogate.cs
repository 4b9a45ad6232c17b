using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>A <see cref="SessionInfo"/> on its way to another process.</summary>
[GenerateSerializer, Immutable, Alias("ITwinOrleans.SessionInfo")]
internal struct SessionInfoSurrogate
{
    [Id(0)]
    public string SessionId;

    [Id(1)]
    public string ApplicationId;

    [Id(2)]
    public string ApplicationVersion;

    [Id(3)]
    public DateTimeOffset FirstSeen;

    [Id(4)]
    public DateTimeOffset LastSeen;

    [Id(5)]
    public long Calls;

    public static SessionInfoSurrogate From(SessionInfo session) => new()
    {
        SessionId = session.SessionId,
        ApplicationId = session.ApplicationId,
        ApplicationVersion = session.ApplicationVersion,
        FirstSeen = session.FirstSeen,
        LastSeen = session.LastSeen,
        Calls = session.Calls,
    };

    public readonly SessionInfo ToSession() => new(SessionId, ApplicationId, ApplicationVersion, FirstSeen, LastSeen, Calls);
}
