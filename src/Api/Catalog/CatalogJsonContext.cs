using System.Text.Json.Serialization;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;
using Microsoft.AspNetCore.Mvc;

namespace ITwinOrleans.Api.Catalog;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<IModelListing>))]
[JsonSerializable(typeof(IReadOnlyList<SessionInfo>))]
[JsonSerializable(typeof(IReadOnlyList<UploadStatus>))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class CatalogJsonContext : JsonSerializerContext;
