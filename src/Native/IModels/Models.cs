using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.IModels;

/// <summary>The models of an iModel.</summary>
public sealed class Models : DbPart<DgnDb>
{
    internal Models(DgnDb db)
        : base(db)
    {
    }

    /// <summary>ModelProps of one model.</summary>
    /// <param name="loadProps">ModelLoadProps: <c>id</c> or <c>code</c>.</param>
    /// <exception cref="IModelException">There is none.</exception>
    public NativeResult Get(NativeJson loadProps) => Db.Call("getModel", loadProps);

    /// <summary>Inserts a model; gives its id, which is the modelled element's.</summary>
    public string Insert(NativeJson props) => Db.CallText("insertModel", props);

    /// <summary>Changes a model.</summary>
    public void Update(NativeJson props) => Db.Invoke("updateModel", props);

    /// <summary>Deletes a model and its elements.</summary>
    public void Delete(string id) => Db.Invoke("deleteModel", id);

    /// <summary>Marks a model's geometry as changed.</summary>
    public void UpdateGeometryGuid(string id) =>
        NativeStatus.CheckIModelStatus(Db.CallStatus("updateModelGeometryGuid", id), $"Updating the geometry GUID of model {id}");

    /// <summary>The range of a model's elements: <c>{modelExtents: Range3dProps}</c>.</summary>
    public NativeResult QueryExtents(NativeJson options) => Db.Call("queryModelExtents", options);

    /// <summary>The ranges of models, computed on a thread of the library: <c>[{id, status, extents}]</c>.</summary>
    /// <param name="modelIds">An array of ids.</param>
    public Task<NativeResult> QueryExtentsAsync(NativeJson modelIds) => Db.CallAsync("queryModelExtentsAsync", modelIds);
}
