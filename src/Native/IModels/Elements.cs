using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.IModels;

/// <summary>The elements of an iModel.</summary>
public sealed class Elements : DbPart<DgnDb>
{
    internal Elements(DgnDb db)
        : base(db)
    {
    }

    /// <summary>ElementProps of one element.</summary>
    /// <param name="loadProps">ElementLoadProps: <c>id</c>, <c>federationGuid</c> or <c>code</c>; <c>wantGeometry</c>, <c>wantBRepData</c>, <c>displayStyle</c>, ...</param>
    /// <exception cref="IModelException">There is none.</exception>
    public NativeResult Get(NativeJson loadProps) => Db.Call("getElement", loadProps);

    /// <summary>Inserts an element.</summary>
    /// <param name="props">ElementProps: class, model, code and the rest.</param>
    /// <param name="options"><c>forceUseId</c>.</param>
    /// <returns>The new id.</returns>
    public string Insert(NativeJson props, NativeJson options = default) => Db.CallText("insertElement", props, options);

    /// <summary>Changes the properties that are given; <c>id</c> says of which element.</summary>
    public void Update(NativeJson props) => Db.Invoke("updateElement", props);

    /// <summary>Deletes an element.</summary>
    /// <exception cref="IModelException">There is none, or it cannot be deleted: it is used, or has children.</exception>
    public void Delete(string id) => Db.Invoke("deleteElement", id);

    /// <summary>Which of these definition elements are used, as <c>DefinitionElementUsageInfo</c>.</summary>
    public NativeResult QueryDefinitionUsage(NativeJson ids) => Db.Call("queryDefinitionElementUsage", ids);

    /// <summary>Until <see cref="EndPurge"/> unused definitions may be deleted.</summary>
    public void BeginPurge() => NativeStatus.CheckIModelStatus(Db.CallStatus("beginPurgeOperation"), "Beginning a purge");

    /// <summary>Ends what <see cref="BeginPurge"/> began.</summary>
    public void EndPurge() => NativeStatus.CheckIModelStatus(Db.CallStatus("endPurgeOperation"), "Ending a purge");

    /// <summary>Inserts a code spec and gives its id.</summary>
    public string InsertCodeSpec(string name, NativeJson properties) => Db.CallText("insertCodeSpec", name, properties);

    /// <summary>An image of the texture, as TextureData, made smaller to <c>maxTextureSize</c>; undefined if there is none.</summary>
    /// <param name="loadProps">TextureLoadProps: <c>name</c> (an id), <c>maxTextureSize</c>.</param>
    public Task<NativeResult> QueryTextureDataAsync(NativeJson loadProps) => Db.CallAsync("queryTextureData", loadProps);
}
