using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;
using ITwinOrleans.Parity.Tests.List;

namespace ITwinOrleans.Parity.Tests.Steps;

/// <summary>Turns the arguments of a step into arguments of native calls; README.md describes the forms.</summary>
internal sealed class StepArguments(CallScope scope)
{
    public NativeArgument[] ReadAll(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(Read)];

    public NativeArgument Read(JsonNode? json) => json switch
    {
        null => NativeArgument.Null,
        JsonObject special when ReadSpecial(special) is { } argument => argument,
        JsonObject or JsonArray => ReadComposite(json),
        _ => Scalar(json.AsValue()),
    };

    /// <summary>An argument that must be text, such as a path.</summary>
    public string ReadText(JsonNode? json) => Plain(json, [])!.GetValue<string>();

    private static NativeArgument Scalar(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number => Number(value),
        _ => value.GetValueKind() == JsonValueKind.True,
    };

    private static double Number(JsonValue value) => value.TryGetValue(out double number) ? number : value.GetValue<long>();

    /// <summary>Forms that are no JSON: objects, bytes, functions, undefined. Null when the object is none of them.</summary>
    private NativeArgument? ReadSpecial(JsonObject json)
    {
        if (json["$var"]?.GetValue<string>() is { } name)
            return ReadVariable(scope.Variable(name), json["path"]?.GetValue<string>());
        if (json.ContainsKey("$undefined"))
            return NativeArgument.Undefined;
        if (json["$number"]?.GetValue<string>() is { } number)
            return double.Parse(number);
        if (BytesOf(json) is { } bytes)
            return NativeArgument.Binary(bytes);
        if (json.ContainsKey("$callback"))
            return NativeArgument.Callback(ReadCallback(json));
        // Not one conditional expression: its null would be a null string, which converts to undefined.
        if (IsText(json))
            return ReadText(json);
        return null;
    }

    private static NativeArgument ReadVariable(BoundValue value, string? path) => value switch
    {
        { Object: { } native } => native,
        { Bytes: { } bytes } => NativeArgument.Binary(bytes),
        { IsUndefined: true } => NativeArgument.Undefined,
        _ => JsonPointers.Read(value.Json, path) switch
        {
            null => path is null ? NativeArgument.Null : NativeArgument.Undefined,
            JsonValue scalar => Scalar(scalar),
            { } composite => NativeArgument.Json(composite.ToJsonString()),
        },
    };

    private NativeArgument ReadComposite(JsonNode json)
    {
        List<ReadOnlyMemory<byte>> binaries = [];
        NativeArgument plain = NativeArgument.Json(Encoding.UTF8.GetBytes(Plain(json, binaries)!.ToJsonString()), binaries);
        if (json is not JsonObject members || !members.Any(member => IsForm(member.Value, "$callback")))
            return plain;
        NativeObject native = scope.Own(scope.Platform.CreateObject(plain));
        foreach ((string name, JsonNode? member) in members.Where(member => IsForm(member.Value, "$callback")))
            native.Set(name, NativeArgument.Callback(ReadCallback(member!.AsObject())));
        return native;
    }

    /// <summary>The value with all forms in it replaced by JSON; bytes by <c>{"$binary":i}</c>; undefined members and functions are left out.</summary>
    private JsonNode? Plain(JsonNode? json, List<ReadOnlyMemory<byte>> binaries)
    {
        switch (json)
        {
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Plain(item, binaries))]);
            case not JsonObject:
                return json?.DeepClone();
        }

        JsonObject members = json.AsObject();
        if (IsText(members))
            return TextOf(members);
        if (BytesOf(members) is { } bytes)
        {
            binaries.Add(bytes);
            return new JsonObject { ["$binary"] = binaries.Count - 1 };
        }

        if (members["$var"]?.GetValue<string>() is { } name)
            return JsonPointers.Read(scope.Variable(name).Json, members["path"]?.GetValue<string>())?.DeepClone();
        var plain = new JsonObject();
        foreach ((string key, JsonNode? member) in members)
        {
            if (!IsForm(member, "$callback") && !IsForm(member, "$undefined"))
                plain[key] = Plain(member, binaries);
        }

        return plain;
    }

    private static byte[]? BytesOf(JsonObject json) =>
        (json["$bytes"] ?? json["$arrayBuffer"])?.GetValue<string>() is { } base64 ? Convert.FromBase64String(base64) : null;

    private static bool IsForm(JsonNode? json, string form) => json is JsonObject members && members.ContainsKey(form);

    private static bool IsText(JsonObject json) =>
        json.Any(member => member.Key is "$file" or "$path" or "$repeat" or "$concat" or "$json");

    private string TextOf(JsonObject json)
    {
        if (json["$file"] is { } file)
            return scope.CopyOf(file.GetValue<string>(), json["as"]?.GetValue<string>());
        if (json["$path"] is { } path)
            return scope.PathOf(path.GetValue<string>());
        if (json["$repeat"] is { } repeated)
            return string.Concat(Enumerable.Repeat(repeated.GetValue<string>(), json["count"]!.GetValue<int>()));
        if (json["$concat"] is { } parts)
            return string.Concat(parts.AsArray().Select(ReadText));
        return Plain(json["$json"], [])!.ToJsonString();
    }

    private NativeCallback ReadCallback(JsonObject json)
    {
        string name = json["$callback"]!.GetValue<string>();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (json["awaits"]?.GetValue<bool>() != false)
            scope.Waits.Add(called.Task);
        bool records = json["records"]?.GetValue<bool>() ?? true;
        NativeArgument returns = json.TryGetPropertyValue("returns", out JsonNode? value) ? Read(value) : NativeArgument.Undefined;
        return new NativeCallback(arguments =>
        {
            if (records)
                scope.Record(name, new JsonArray([.. arguments.Select(scope.Canonical.Of)]));
            called.TrySetResult();
            return returns;
        });
    }
}
