using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.IModels;

/// <summary>Reads the parameters of iModel work.</summary>
internal static class WorkJson
{
    /// <summary>Reads them.</summary>
    /// <exception cref="WorkFailedException">They cannot be read (<see cref="IModelWork.BadWorkError"/>).</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, type) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new WorkFailedException(IModelWork.BadWorkError, "The parameters of the work cannot be read.", inner: exception);
        }
    }

    /// <summary>Reads the part of them that travels beside the JSON, as the first binary.</summary>
    /// <exception cref="WorkFailedException">It is missing or cannot be read.</exception>
    public static T ReadHeader<T>(WorkRequest request, JsonTypeInfo<T> type)
        where T : class => request.Binaries.Count > 0
            ? Read(request.Binaries[0], type)
            : throw new WorkFailedException(IModelWork.BadWorkError, "The work came without its header.");
}
