using System.Text.Json;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>The arguments of an IPC call.</summary>
/// <param name="method">The method's name, for messages.</param>
/// <param name="arguments">The arguments after it.</param>
internal readonly struct IpcArguments(string method, JsonElement[] arguments)
{
    /// <summary>A text.</summary>
    /// <exception cref="LiveRefusedException">It is missing.</exception>
    public string Text(int index) => At(index) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw Missing(index, "text");

    /// <summary>A text, or null.</summary>
    public string? OptionalText(int index) => At(index) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A whole number.</summary>
    public int Number(int index) => At(index) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int value) ? value : throw Missing(index, "whole number");

    /// <summary>A whole number, or null.</summary>
    public int? OptionalNumber(int index) => At(index) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int value) ? value : null;

    /// <summary>True or false.</summary>
    public bool Flag(int index) => At(index) is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag ? flag.GetBoolean() : throw Missing(index, "boolean");

    /// <summary>An object.</summary>
    public JsonElement Object(int index) => At(index) is { ValueKind: JsonValueKind.Object } value ? value : throw Missing(index, "object");

    private JsonElement? At(int index) => index < arguments.Length ? arguments[index] : null;

    private LiveRefusedException Missing(int index, string kind) =>
        new(LiveRefusals.InvalidTransaction, $"Argument {index + 1} of {method} is no {kind}.");
}
