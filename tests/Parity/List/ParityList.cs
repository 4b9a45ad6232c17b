using System.Text.Json;
using System.Text.Json.Nodes;

namespace ITwinOrleans.Parity.Tests.List;

/// <summary>A file of steps; README.md describes the format.</summary>
/// <param name="Name">The file's name without extension.</param>
/// <param name="Masks">JSON pointers masked in every step's result.</param>
/// <param name="Steps">The steps in order.</param>
public sealed record CallFile(string Name, IReadOnlyList<string> Masks, IReadOnlyList<CallStep> Steps);

/// <summary>One step.</summary>
/// <param name="Id">Unique in its file.</param>
/// <param name="Json">The step as it is written.</param>
/// <param name="Masks">JSON pointers masked in its result.</param>
public sealed record CallStep(string Id, JsonObject Json, IReadOnlyList<string> Masks)
{
    /// <summary>Whether native code must answer with an error.</summary>
    public bool ExpectsError => Json["expectError"]?.GetValue<bool>() ?? false;
}

/// <summary>The list of calls, as the build copied it beside the test.</summary>
public static class ParityList
{
    /// <summary>The folder with <c>calls</c>, <c>peer</c> and <c>differences.json</c>.</summary>
    public static string Folder { get; } = AppContext.BaseDirectory;

    /// <summary>The files in the order in which both sides run them.</summary>
    public static IReadOnlyList<CallFile> Files { get; } =
        [.. Directory.GetFiles(Path.Combine(Folder, "calls"), "*.json").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>The files to run: all, or those that <c>ITWIN_PARITY_ONLY</c> names (to look into a difference).</summary>
    public static IReadOnlyList<CallFile> Selected { get; } = Environment.GetEnvironmentVariable("ITWIN_PARITY_ONLY") is { Length: > 0 } names
        ? [.. Files.Where(file => names.Split(',').Contains(file.Name))]
        : Files;

    private static CallFile Read(string path)
    {
        JsonObject file = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        CallStep[] steps =
        [
            .. file["steps"]!.AsArray().Select(step => new CallStep(step!["id"]!.GetValue<string>(), step.AsObject(), ReadMasks(step))),
        ];
        if (steps.DistinctBy(step => step.Id).Count() != steps.Length)
            throw new JsonException($"An id is used twice in {path}");
        return new CallFile(Path.GetFileNameWithoutExtension(path), ReadMasks(file), steps);
    }

    private static string[] ReadMasks(JsonNode owner) =>
        [.. (owner["mask"]?.AsArray() ?? []).Select(mask => mask!["path"]!.GetValue<string>())];
}
