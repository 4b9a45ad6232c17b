using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;

namespace ITwinOrleans.Backend.Reading;

/// <summary>Answers with the props of elements and models. Those that are not there are left out, unless only one is asked for.</summary>
internal static class EntityProps
{
    /// <summary>Elements: iTwin.js <c>ElementProps[]</c>.</summary>
    /// <exception cref="RpcException">The one element is not there.</exception>
    public static async Task<RpcReply> ReadElementsAsync(
        IModelDb iModel, IReadOnlyList<string> ids, BackendOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> unique = Unique(ids, options);
        var buffer = new Utf8Buffer(512 * Math.Clamp(unique.Count, 1, 64));
        try
        {
            int found = await EntityList.AppendElementsAsync(iModel, unique, buffer, options.EngineSlice, cancellationToken).ConfigureAwait(false);
            return unique.Count != 1 || found == 1
                ? RpcResult.Json(buffer)
                : throw RpcException.Numbered((int)IModelStatus.NotFound, "element not found");
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Models: iTwin.js <c>ModelProps[]</c>.</summary>
    /// <exception cref="RpcException">The one model is not there.</exception>
    public static async Task<RpcReply> ReadModelsAsync(
        IModelDb iModel, IReadOnlyList<string> ids, BackendOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> unique = Unique(ids, options);
        var buffer = new Utf8Buffer(512 * Math.Clamp(unique.Count, 1, 64));
        try
        {
            int found = await EntityList.AppendAsync(
                iModel, unique, iModel.Entities.TryAppendModel, buffer, options.EngineSlice, cancellationToken).ConfigureAwait(false);
            return unique.Count != 1 || found == 1
                ? RpcResult.Json(buffer)
                : throw RpcException.Numbered((int)IModelStatus.NotFound, $"Model={unique[0]}");
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static List<string> Unique(IReadOnlyList<string> ids, BackendOptions options) => ids.Count <= options.MaxIds
        ? [.. ids.Distinct(StringComparer.Ordinal)]
        : throw RpcException.Numbered((int)IModelStatus.BadRequest, $"The request names more than the {options.MaxIds} ids that it may");
}
