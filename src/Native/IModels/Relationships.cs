using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.IModels;

/// <summary>The relationships of an iModel that are rows of a link table.</summary>
public sealed class Relationships : DbPart<DgnDb>
{
    internal Relationships(DgnDb db)
        : base(db)
    {
    }

    /// <summary>Inserts a relationship (RelationshipProps: <c>classFullName</c>, <c>sourceId</c>, <c>targetId</c>) and gives its id.</summary>
    public string Insert(NativeJson props) => Db.CallText("insertLinkTableRelationship", props);

    /// <summary>Changes a relationship.</summary>
    public void Update(NativeJson props) => NativeStatus.CheckDbResult(Db.CallStatus("updateLinkTableRelationship", props), "Updating a relationship");

    /// <summary>Deletes a relationship.</summary>
    public void Delete(NativeJson props) => NativeStatus.CheckDbResult(Db.CallStatus("deleteLinkTableRelationship", props), "Deleting a relationship");

    /// <summary>Deletes relationships, an array of RelationshipProps.</summary>
    public void DeleteMany(NativeJson props) => NativeStatus.CheckDbResult(Db.CallStatus("deleteLinkTableRelationships", props), "Deleting relationships");

    /// <summary>Whether the class is a link table relationship; null if there is no such class.</summary>
    public bool? IsLinkTable(string classFullName)
    {
        using NativeResult answer = Db.Call("isLinkTableRelationship", classFullName);
        return answer.HasValue ? answer.Boolean : null;
    }
}
