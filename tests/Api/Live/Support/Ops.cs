namespace ITwinOrleans.Api.Tests.Live.Support;

/// <summary>Operations on <c>edit.bim</c>: its model 0x1e has physical objects 0x1f and following, 0x17 is a category.</summary>
internal static class Ops
{
    public const string First = "0x1f", Second = "0x20";

    public static string Insert(string label, string? name = null) => $$$"""
        [{"action":"insert","entity":"element",{{{(name is null ? "" : $"\"name\":\"{name}\",")}}}"props":{"classFullName":"Generic:PhysicalObject","model":"0x1e","category":"0x17",
        "code":{"spec":"0x1","scope":"0x1","value":""},"userLabel":"{{{label}}}","placement":{"origin":[1,2,3],"angles":{"yaw":10,"pitch":0,"roll":0}},
        "geom":[{"header":{"flags":0}},{"sphere":{"center":[0,0,0],"radius":1}}]}}]
        """;

    public static string Rename(string id, string label) => $$"""[{"action":"update","entity":"element","props":{"id":"{{id}}","userLabel":"{{label}}"} }]""";

    public static string Delete(string id) => $$"""[{"action":"delete","entity":"element","id":"{{id}}"}]""";
}
