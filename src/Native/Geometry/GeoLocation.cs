using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Geometry;

/// <summary>Conversion between the iModel's coordinates and those of the earth.</summary>
public sealed class GeoLocation : DbPart<DgnDb>
{
    internal GeoLocation(DgnDb db)
        : base(db)
    {
    }

    /// <summary>GeoCoordinatesResponseProps for GeoCoordinatesRequestProps (iModel to earth).</summary>
    public NativeResult FromIModelCoordinates(NativeJson request) => Db.Call("getGeoCoordinatesFromIModelCoordinates", request);

    /// <summary>IModelCoordinatesResponseProps for IModelCoordinatesRequestProps (earth to iModel).</summary>
    public NativeResult ToIModelCoordinates(NativeJson request) => Db.Call("getIModelCoordinatesFromGeoCoordinates", request);
}
