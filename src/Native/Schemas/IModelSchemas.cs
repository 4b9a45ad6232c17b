using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Schemas;

/// <summary>The EC schemas of an iModel.</summary>
public sealed class IModelSchemas : DbPart<DgnDb>
{
    internal IModelSchemas(DgnDb db)
        : base(db)
    {
    }

    /// <summary>A schema as JSON (SchemaProps).</summary>
    /// <exception cref="NativeException">There is none of this name.</exception>
    public NativeResult GetProps(string name) => Db.Call("getSchemaProps", name);

    /// <summary>A schema as JSON, written on a thread of the library.</summary>
    public Task<NativeResult> GetPropsAsync(string name) => Db.CallAsync("getSchemaPropsAsync", name);

    /// <summary>One class, enumeration, ... of a schema: a string of JSON.</summary>
    public NativeResult GetItem(string schemaName, string itemName)
    {
        using NativeObject answer = Db.CallForObject("getSchemaItem", schemaName, itemName);
        return NativeStatus.TakeResult(answer, $"Reading {schemaName}:{itemName}");
    }

    /// <summary>A class with all its properties: a string of JSON.</summary>
    public NativeResult GetClassMetaData(string schemaName, string className)
    {
        using NativeObject answer = Db.CallForObject("getECClassMetaData", schemaName, className);
        return NativeStatus.TakeResult(answer, $"Reading the class {schemaName}:{className}");
    }

    /// <summary>A schema as XML; null if there is none.</summary>
    public string? GetXml(string name)
    {
        using NativeResult xml = Db.Call("schemaToXmlString", name);
        return xml.HasValue ? xml.GetText() : null;
    }

    /// <summary>Imports schemas from XML files.</summary>
    public void Import(IReadOnlyList<string> files, NativeJson options = default) =>
        NativeStatus.CheckDbResult(Db.CallStatus("importSchemas", JsonText.Array(files), options), "Importing schemas", () => Db.LastError);

    /// <summary>Imports schemas given as XML.</summary>
    public void ImportXml(IReadOnlyList<string> xml, NativeJson options = default) =>
        NativeStatus.CheckDbResult(Db.CallStatus("importXmlSchemas", JsonText.Array(xml), options), "Importing schemas", () => Db.LastError);

    /// <summary>Removes schemas that no instance uses.</summary>
    public void Drop(IReadOnlyList<string> names) => Db.Invoke("dropSchemas", JsonText.Array(names));

    /// <summary>Writes a schema to a folder as XML.</summary>
    public void Export(string schemaName, string folder, string? fileName = null) =>
        NativeStatus.CheckZero(Db.CallStatus("exportSchema", schemaName, folder, fileName), $"Exporting the schema {schemaName}");

    /// <summary>Writes all schemas to a folder as XML.</summary>
    public void ExportAll(string folder) => NativeStatus.CheckZero(Db.CallStatus("exportSchemas", folder), "Exporting the schemas");

    /// <summary>The full name of a class id; null if there is none.</summary>
    public string? ClassName(string id)
    {
        using NativeResult name = Db.Call("classIdToName", id);
        return name.HasValue ? name.GetText() : null;
    }

    /// <summary>The id of a class, <c>0</c> if there is none.</summary>
    public string ClassId(string name) => Db.CallText("classNameToId", name);

    /// <summary>Whether a class is another or derives from it.</summary>
    public bool IsSubClassOf(string child, string parent) => Db.CallBoolean("isSubClassOf", child, parent);
}
