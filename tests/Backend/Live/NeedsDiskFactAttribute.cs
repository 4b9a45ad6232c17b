namespace ITwinOrleans.Backend.Tests.Live;

/// <summary>A test that mounts a small disk; skipped, with the reason, where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsDiskFactAttribute : FactAttribute
{
    public NeedsDiskFactAttribute()
    {
        if (!SmallDisk.IsPossible)
            Skip = "This user may not mount a tmpfs to fill";
    }
}
