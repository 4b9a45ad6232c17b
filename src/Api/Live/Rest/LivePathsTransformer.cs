using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ITwinOrleans.Api.Live.Rest;

/// <summary>Shows the paths of live resources as what they are, <c>/api/imodels/{key}/feed</c>: routes can only say that the rest of the path is one value.</summary>
internal sealed class LivePathsTransformer : IOpenApiDocumentTransformer
{
    /// <inheritdoc/>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach ((string parameter, string shown) in LiveRestEndpoints.Paths)
        {
            string path = $"/api/imodels/{{{parameter}}}";
            if (!document.Paths.Remove(path, out IOpenApiPathItem? item))
                continue;
            foreach (OpenApiParameter pathParameter in item.Operations?.Values.SelectMany(operation => operation.Parameters ?? []).OfType<OpenApiParameter>() ?? [])
            {
                if (pathParameter.In == ParameterLocation.Path)
                    pathParameter.Name = "key";
            }

            document.Paths[$"/api/imodels/{shown}"] = item;
        }

        return Task.CompletedTask;
    }
}
