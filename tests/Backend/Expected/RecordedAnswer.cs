using System.Text.Json;

namespace ITwinOrleans.Backend.Tests.Expected;

/// <summary>A request and what the Node.js backend answered to it.</summary>
public sealed record RecordedAnswer(string File, string Name, string Operation, string Parameters, int Status, string? Sha256, JsonElement? Body)
{
    private const int Ok = 200;

    public bool IsError => Status >= 400;

    /// <summary>The peer does not have the iModel.</summary>
    public bool IsNotFound => BodyText("managedStatus") == "notFound";

    /// <summary>JavaScript itself threw: its words mean nothing outside of it.</summary>
    public bool IsJavaScriptError => IsError && BodyText("name") == "TypeError" && Body?.TryGetProperty("iTwinErrorId", out _) == false;

    public static IReadOnlyList<RecordedAnswer> All { get; } =
    [
        .. System.IO.File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Expected", "answers.jsonl"))
            .Select(static line => JsonSerializer.Deserialize<RecordedAnswer>(line, JsonSerializerOptions.Web)!),
    ];

    public string? BodyText(string property) =>
        Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public bool HasContent => Status == Ok && (Body is { ValueKind: not JsonValueKind.Null } || Sha256 is not null);
}
