using System.Text.Json.Nodes;

namespace ITwinOrleans.Conformance.Tests;

/// <summary>One request of the list.</summary>
/// <param name="Operation">Interface, version and operation, as in an URL.</param>
/// <param name="Name">What it shows.</param>
/// <param name="Arguments">The parameters, with placeholders.</param>
/// <param name="IsUnordered">Whether the answer's array has no order that is promised.</param>
internal sealed record ConformanceRequest(string Operation, string Name, JsonArray Arguments, bool IsUnordered);
