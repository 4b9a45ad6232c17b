using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Geometry;

/// <summary>Finds the point that the cursor snaps to. One request at a time; disposing or closing the iModel cancels it.</summary>
public sealed class SnapRequest : NativeDbObject
{
    /// <summary>A request on an iModel.</summary>
    public SnapRequest(DgnDb db)
        : base(db, "SnapRequest")
    {
    }

    /// <summary>SnapResponseProps for SnapRequestProps; found on a thread of the library.</summary>
    public Task<NativeResult> SnapAsync(NativeJson request) => CallAsync("doSnap", Db, request);

    /// <summary>Ends the snap that is under way.</summary>
    public void Cancel() => Invoke("cancelSnap");

    private protected override void End() => Cancel();
}
