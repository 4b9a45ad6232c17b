using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Geometry;

/// <summary>Graphics, meshes and measures of elements. What ends in Async runs on threads of the library.</summary>
public sealed class IModelGeometry : DbPart<DgnDb>
{
    internal IModelGeometry(DgnDb db)
        : base(db)
    {
    }

    /// <summary>Graphics of an element or of geometry (ElementGraphicsRequestProps).</summary>
    public async Task<ElementGraphics> GenerateGraphicsAsync(NativeJson request) =>
        ElementGraphics.Read(await Db.CallAsync("generateElementGraphics", request).ConfigureAwait(false));

    /// <summary>Ends requests for graphics; they answer <see cref="ElementGraphicsStatus.Canceled"/>.</summary>
    /// <param name="requestIds">An array of the requests' ids.</param>
    public void CancelGraphics(NativeJson requestIds) => Db.Invoke("cancelElementGraphicsRequests", requestIds);

    /// <summary>Meshes of an element, in the binary form that <c>readElementMeshes</c> of iTwin.js reads (ElementMeshRequestProps).</summary>
    public Task<NativeResult> GenerateMeshesAsync(NativeJson request) => Db.CallAsync("generateElementMeshes", request);

    /// <summary>Volume, area, length, centroid and moments (MassPropertiesRequestProps, MassPropertiesResponseProps).</summary>
    public Task<NativeResult> GetMassPropertiesAsync(NativeJson request) => Db.CallAsync("getMassProperties", request);

    /// <summary>Which elements lie inside or outside clip planes (GeometryContainmentRequestProps, GeometryContainmentResponseProps).</summary>
    public Task<NativeResult> GetContainmentAsync(NativeJson request) => Db.CallAsync("getGeometryContainment", request);

    /// <summary>The project's extents from its elements: <c>{extents, fullExtents?, outliers?}</c>.</summary>
    public NativeResult ComputeProjectExtents(bool wantFullExtents, bool wantOutlierIds) =>
        Db.Call("computeProjectExtents", wantFullExtents, wantOutlierIds);

    /// <summary>Which elements refer to these geometry parts, an array of ids.</summary>
    public NativeResult FindPartReferences(NativeJson partIds, bool is2d) => Db.Call("findGeometryPartReferences", partIds, is2d);

    /// <summary>Replaces references to parts that are used once by their geometry, and deletes the parts.</summary>
    public NativeResult InlinePartReferences() => Db.Call("inlineGeometryPartReferences");
}
