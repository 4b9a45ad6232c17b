using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.IModels;

/// <summary>Instances of any class, read and written by key. Works on iModels and ECDbs.</summary>
public sealed class InstanceStore : DbPart<NativeDb>
{
    internal InstanceStore(NativeDb db)
        : base(db)
    {
    }

    /// <summary>The key of an instance, <c>{id, classFullName}</c>.</summary>
    /// <param name="query"><c>{partialKey: {id, baseClassName}}</c>, <c>{federationGuid}</c> or <c>{code}</c>.</param>
    public NativeResult ResolveKey(NativeJson query) => Db.Call("resolveInstanceKey", query);

    /// <summary>The properties of an instance.</summary>
    /// <param name="key"><c>{id, classFullName}</c>.</param>
    /// <param name="options">InstanceReadOptions: <c>useJsNames</c>, <c>wantGeometry</c>, <c>abbreviateBlobs</c>, ...</param>
    public NativeResult Read(NativeJson key, NativeJson options) => Db.Call("readInstance", key, options);

    /// <summary>Inserts an instance and gives its id.</summary>
    public string Insert(NativeJson instance, NativeJson options) => Db.CallText("insertInstance", instance, options);

    /// <summary>Changes an instance; false if there is none.</summary>
    public bool Update(NativeJson instance, NativeJson options) => Db.CallBoolean("updateInstance", instance, options);

    /// <summary>Deletes an instance; false if there is none.</summary>
    public bool Delete(NativeJson key, NativeJson options) => Db.CallBoolean("deleteInstance", key, options);

    /// <summary>JsonProperties as the backend gives them to its callers: brought to the form of the current version.</summary>
    public string PatchJsonProperties(string json) => Db.CallText("patchJsonProperties", json);
}
