using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.IModels;

/// <summary>Aspects of elements. They are read as instances (<see cref="InstanceStore"/>) or by query.</summary>
public sealed class ElementAspects : DbPart<DgnDb>
{
    internal ElementAspects(DgnDb db)
        : base(db)
    {
    }

    /// <summary>Inserts an aspect (ElementAspectProps) and gives its id.</summary>
    public string Insert(NativeJson props) => Db.CallText("insertElementAspect", props);

    /// <summary>Changes an aspect.</summary>
    public void Update(NativeJson props) => Db.Invoke("updateElementAspect", props);

    /// <summary>Deletes an aspect.</summary>
    public void Delete(string id) => Db.Invoke("deleteElementAspect", id);
}
