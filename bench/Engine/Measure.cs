using System.Text.Json;
using System.Text.Json.Serialization;

namespace ITwinOrleans.Engine.Bench;

/// <summary>One figure of one run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">How much; less is better.</param>
/// <param name="Unit">In what.</param>
internal sealed record Measure(string Name, double Value, string Unit);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Measure))]
internal sealed partial class MeasureJson : JsonSerializerContext;
