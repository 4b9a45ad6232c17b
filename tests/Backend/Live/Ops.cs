namespace ITwinOrleans.Backend.Tests.Live;

/// <summary>Operations on <c>edit.bim</c>: its model 0x1e has physical objects 0x1f and following, 0x17 is a category.</summary>
internal static class Ops
{
    public const string Model = "0x1e", First = "0x1f", Second = "0x20", Third = "0x21";

    public static string Insert(string label, string? name = null, double x = 1, string? parent = null, string? id = null) => $$$"""
        [{"action":"insert","entity":"element",{{{Optional("name", name)}}}{{{Optional("id", id)}}}"props":{"classFullName":"Generic:PhysicalObject","model":"0x1e","category":"0x17",
        "code":{"spec":"0x1","scope":"0x1","value":""},"userLabel":"{{{label}}}",{{{Parent(parent)}}}"placement":{"origin":[{{{x}}},2,3],"angles":{"yaw":10,"pitch":0,"roll":0}},
        "geom":[{"header":{"flags":0}},{"sphere":{"center":[0,0,0],"radius":1}}]}}]
        """;

    public static string Rename(string id, string label) => $$"""[{"action":"update","entity":"element","props":{"id":"{{id}}","userLabel":"{{label}}"} }]""";

    public static string Move(string id, double x) =>
        $$$"""[{"action":"update","entity":"element","props":{"id":"{{{id}}}","placement":{"origin":[{{{x}}},2,3],"angles":{"yaw":0,"pitch":0,"roll":0} } } }]""";

    public static string Delete(string id) => $$"""[{"action":"delete","entity":"element","id":"{{id}}"}]""";

    public static string Aspect(string element, string text, string? name = null) => $$$"""
        [{"action":"insert","entity":"aspect",{{{Optional("name", name)}}}"props":{"classFullName":"BisCore:ExternalSourceAspect","element":{"id":"{{{element}}}","relClassName":"BisCore:ElementOwnsExternalSourceAspects"},
        "scope":{"id":"0x1"},"identifier":"{{{text}}}","kind":"test"}}]
        """;

    public static string Refer(string source, string target) =>
        $$$"""[{"action":"insert","entity":"relationship","props":{"classFullName":"BisCore:ElementGroupsMembers","sourceId":"{{{source}}}","targetId":"{{{target}}}"}}]""";

    /// <summary>Several operations as one list.</summary>
    public static string Join(params IEnumerable<string> lists) => $"[{string.Join(',', lists.Select(static list => list.Trim()[1..^1]))}]";

    private static string Optional(string name, string? value) => value is null ? "" : $"\"{name}\":\"{value}\",";

    private static string Parent(string? id) => id is null ? "" : $$"""
        "parent":{"id":"{{id}}","relClassName":"BisCore:PhysicalElementAssemblesElements"},
        """;
}
