using System.Collections.Concurrent;
using System.Text.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Elements;

/// <summary>The classes of an iModel and the first base class of each; read when asked for and kept, as classes do not change while it is open.</summary>
internal sealed class ClassHierarchy
{
    private readonly ConcurrentDictionary<string, string> _baseClasses = new(StringComparer.Ordinal);

    /// <summary>A class and its base classes, the most general last; on the engine thread.</summary>
    /// <exception cref="RpcException">There is no such class.</exception>
    public IReadOnlyList<string> Of(NativeObject native, string classFullName)
    {
        var classes = new List<string>();
        for (string name = classFullName; name.Length > 0; name = BaseOf(native, name))
            classes.Add(name);
        return classes;
    }

    /// <summary>Whether a class is, or derives from, another; on the engine thread.</summary>
    public bool Is(NativeObject native, string classFullName, string baseClass) => Of(native, classFullName).Contains(baseClass);

    private string BaseOf(NativeObject native, string name)
    {
        if (_baseClasses.TryGetValue(name, out string? known))
            return known;
        string baseClass = ReadBase(native, name);
        _baseClasses[name] = baseClass;
        return baseClass;
    }

    private static string ReadBase(NativeObject native, string name)
    {
        if (name.Split(':') is not [var schema, var className])
            throw RpcException.Numbered((int)IModelStatus.BadArg, $"Invalid classFullName: {name}");
        using NativeResult answer = native.Call("getECClassMetaData", schema, className);
        using JsonDocument document = JsonDocument.Parse(answer.Utf8);
        if (document.RootElement.TryGetProperty("error"u8, out JsonElement error))
        {
            int status = error.TryGetProperty("status"u8, out JsonElement number) ? (int)number.GetDouble() : ErrorNames.GeneralError;
            throw RpcException.Numbered(status, $"Error getting class meta data for: {name}");
        }

        using JsonDocument metaData = JsonDocument.Parse(document.RootElement.GetProperty("result"u8).GetString()!);
        return metaData.RootElement.TryGetProperty("baseClasses"u8, out JsonElement classes) && classes.GetArrayLength() > 0 ? classes[0].GetString()! : "";
    }
}
