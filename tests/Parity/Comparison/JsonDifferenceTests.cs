using System.Text.Json.Nodes;

namespace ITwinOrleans.Parity.Tests.Comparison;

/// <summary>What counts as the same and what does not.</summary>
public sealed class JsonDifferenceTests
{
    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("0.1", "1e-1")]
    [InlineData("0", "-0.0")]
    [InlineData("""{"a":1,"b":[null]}""", """{"b":[null],"a":1}""")]
    [InlineData("\"\\u017c\"", "\"ż\"")]
    public void Find_equal_values_written_differently_gives_nothing(string node, string engine) => Assert.Empty(Find(node, engine));

    [Theory]
    [InlineData("1", "2", "")]
    [InlineData("1", "\"1\"", "")]
    [InlineData("null", "false", "")]
    [InlineData("""{"a":null}""", "{}", "/a")]
    [InlineData("{}", """{"a":0}""", "/a")]
    [InlineData("[1,2]", "[2,1]", "/0")]
    [InlineData("[1]", "[1,2]", "")]
    [InlineData("""{"error":{"message":"x"}}""", """{"error":{"message":"y"}}""", "/error/message")]
    public void Find_different_values_names_the_place(string node, string engine, string pointer) =>
        Assert.StartsWith($"{pointer}: ", Find(node, engine)[0], StringComparison.Ordinal);

    private static string[] Find(string node, string engine) => [.. JsonDifference.Find(JsonNode.Parse(node), JsonNode.Parse(engine))];
}
