using ITwinOrleans.Parity.Tests.Comparison;

namespace ITwinOrleans.Parity.Tests;

/// <summary>A test that compares with Node; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsNodeFactAttribute : FactAttribute
{
    public NeedsNodeFactAttribute()
    {
        if (NodePeer.FindNode() is null)
            Skip = "There is no Node.js on the path to compare with";
    }
}
