using System.Text.Json.Nodes;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;

namespace ITwinOrleans.Samples.Plant;

/// <summary>Codes of the iModel's own kinds, and tags: codes that are unique in the plant.</summary>
internal sealed class Codes
{
    private const string Root = "0x1";
    private readonly Dictionary<string, string> _specs = [];
    private readonly string _tagSpec;

    public Codes(DgnDb db)
    {
        using (var statement = new ECSqlStatement(db, "SELECT Name, ECInstanceId FROM bis.CodeSpec"))
        {
            while (statement.Step())
                _specs.Add(statement.GetValue(0).GetString(), statement.GetValue(1).GetId()!);
        }

        // 1: unique in the whole iModel (iTwin.js: CodeScopeSpec.Type.Repository).
        _tagSpec = db.Elements.InsertCodeSpec("Plant:Tag", """{"scopeSpec":{"type":1}}""");
    }

    /// <summary>No code.</summary>
    public JsonObject Empty() => Make(Root, Root, "");

    /// <summary>A tag, such as P-201.</summary>
    public JsonObject Tag(string value) => Make(_tagSpec, Root, value);

    /// <summary>A code of a kind that iTwin.js knows (<c>BisCodeSpec</c>), unique within its scope.</summary>
    public JsonObject Of(string specName, string scope, string value) => Make(_specs["bis:" + specName], scope, value);

    private static JsonObject Make(string spec, string scope, string value) => new() { ["spec"] = spec, ["scope"] = scope, ["value"] = value };
}
