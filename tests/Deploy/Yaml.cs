using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace ITwinOrleans.Deploy.Tests;

/// <summary>Reads YAML as maps, lists and texts; anchors are merged.</summary>
internal static class Yaml
{
    /// <summary>The documents of a file.</summary>
    public static IReadOnlyList<object> Read(string path)
    {
        using var text = new StringReader(File.ReadAllText(path));
        var parser = new MergingParser(new Parser(text));
        var deserializer = new DeserializerBuilder().Build();
        List<object> documents = [];
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
            documents.Add(deserializer.Deserialize<object>(parser)!);
        return documents;
    }

    /// <summary>A part of a document by its path, or null.</summary>
    public static object? At(this object? node, params IEnumerable<string> path) =>
        path.Aggregate(node, (current, name) => current is Dictionary<object, object> map ? map.GetValueOrDefault(name) : null);

    /// <summary>The same as a text.</summary>
    public static string? Text(this object? node, params IEnumerable<string> path) => node.At(path) as string;

    /// <summary>The items of a list, or of none.</summary>
    public static IEnumerable<object> Items(this object? node, params IEnumerable<string> path) => node.At(path) as List<object> ?? [];

    /// <summary>The entries of a map, or of none.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries(this object? node, params IEnumerable<string> path) =>
        (node.At(path) as Dictionary<object, object> ?? []).Select(entry => KeyValuePair.Create((string)entry.Key, entry.Value));
}
