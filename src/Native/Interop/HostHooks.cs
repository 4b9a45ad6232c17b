namespace ITwinOrleans.Native.Interop;

/// <summary><c>itwin_hooks</c> of the C interface: what the host calls.</summary>
internal unsafe struct HostHooks
{
    public delegate* unmanaged<void> Wake;
    public delegate* unmanaged<ulong, HostValue*, nuint, void> Call;
    public delegate* unmanaged<ulong, HostValue*, void> Settled;
    public delegate* unmanaged<ulong, void> Dropped;
}
