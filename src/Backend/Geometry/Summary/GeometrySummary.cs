using ITwinOrleans.Backend.IModels;

namespace ITwinOrleans.Backend.Geometry.Summary;

internal static class GeometrySummary
{
    public static Task<string> ReadAsync(IModelDb iModel, ReadOnlyMemory<byte> request, BackendOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();
}
