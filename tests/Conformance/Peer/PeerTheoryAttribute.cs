namespace ITwinOrleans.Tests.Peer;

/// <summary>A theory that compares with the peer; skipped, and reported as skipped, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute()
    {
        if (!PeerFiles.IsAvailable)
            Skip = "There is no Node.js peer: set ITWIN_PEER to the folder of its server.mjs.";
    }
}
