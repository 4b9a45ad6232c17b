namespace ITwinOrleans.Native.Interop;

/// <summary><c>itwin_usage</c> of the C interface.</summary>
internal struct HostUsage
{
    public ulong Handles;
    public ulong Memories;
    public ulong Callbacks;
    public ulong Cells;
}
