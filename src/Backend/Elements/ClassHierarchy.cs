using System.Collections.Concurrent;
using System.Text.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Elements;

/// <summary>The classes of an iModel and the first base class of each; read when asked for and kept, as classes do not change while it is open.</summary>
internal sealed class ClassHierarchy
{
    private readonly ConcurrentDictionary<string, string> _baseClasses = new(StringComparer.Ordinal);

    /// <summary>A class and its base classes, the most general last; on the engine thread.</summary>
    /// <exception cref="RpcException">There is no such class.</exception>
    public IReadOnlyList<string> Of(DgnDb native, string classFullName)
    {
        var classes = new List<string>();
        string name = classFullName;
        do
        {
            classes.Add(name);
            name = BaseOf(native, name);
        }
        while (name.Length > 0);
        return classes;
    }

    /// <summary>Whether a class is, or derives from, another; on the engine thread.</summary>
    public bool Is(DgnDb native, string classFullName, string baseClass) => Of(native, classFullName).Contains(baseClass);

    private string BaseOf(DgnDb native, string name)
    {
        if (_baseClasses.TryGetValue(name, out string? known))
            return known;
        string baseClass = ReadBase(native, name);
        _baseClasses[name] = baseClass;
        return baseClass;
    }

    private static string ReadBase(DgnDb native, string name)
    {
        if (name.Split(':') is not [var schema, var className])
            throw RpcException.Numbered((int)IModelStatus.BadArg, $"Invalid classFullName: {name}");
        try
        {
            using NativeResult json = native.Schemas.GetClassMetaData(schema, className);
            using JsonDocument metaData = JsonDocument.Parse(json.Utf8);
            return metaData.RootElement.TryGetProperty("baseClasses"u8, out JsonElement classes) && classes.GetArrayLength() > 0 ? classes[0].GetString()! : "";
        }
        catch (NativeException exception)
        {
            throw RpcException.Numbered(exception.ErrorNumber, $"Error getting class meta data for: {name}");
        }
    }
}
