namespace ITwinOrleans.Tests.Peer;

/// <summary>A test that compares with the peer; skipped, and reported as skipped, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute()
    {
        if (!PeerFiles.IsAvailable)
            Skip = "There is no Node.js peer: set ITWIN_PEER to the folder of its server.mjs.";
    }
}
