using ITwinOrleans.Api.Security;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Catalog;

/// <summary>
/// REST for people and scripts, below <c>/api</c>. A file key may have slashes (<c>plants/a.bim</c>), so it is the path's rest; the file's bytes are
/// below <c>/api/files</c>, its users below <c>/api/sessions</c>.
/// </summary>
public static class CatalogEndpoints
{
    /// <summary>Maps it.</summary>
    public static IEndpointRouteBuilder MapCatalog(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder api = endpoints.MapGroup("/api").WithTags("iModels").AddEndpointFilter<SameSiteFilter>();
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<AuthenticationSettings>>().Value.IsConfigured)
            api.RequireAuthorization();

        api.MapGet("/imodels", ListAsync).WithName("ListIModels").WithSummary("Lists the iModels that you may read.");
        api.MapGet("/imodels/{**key}", FindAsync).WithName("DescribeIModel").WithSummary("Describes one iModel.").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/sessions/{**key}", SessionsAsync).WithName("ListSessions").WithSummary("Lists the frontends that use an iModel.").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/files/{**key}", DownloadAsync).WithName("DownloadIModel").WithSummary("Downloads an iModel's file; parts of it by Range.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPut("/files/{**key}", UploadHandler.UploadAsync).WithName("UploadIModel")
            .WithSummary("Adds an iModel's file, sent as the body; with replace=true in the place of another.")
            .Accepts<Stream>(isOptional: true, "*/*").Produces<IModelListing>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet("/uploads", Uploads).WithName("ListUploads").WithSummary("Lists the uploads that run now, and how far they are.");
        api.Map("/{**rest}", NoSuchResource).ExcludeFromDescription();
        return endpoints;
    }

    /// <summary>Whether the caller may do something with a listed iModel; a file that is none has no id and is for managers.</summary>
    internal static bool Allows(this IIModelAccess access, IModelListing listing, IModelRight right) =>
        listing.IModelId is { } id ? access.Allows(id, right) : access.Allows("", IModelRight.Manage);

    /// <summary>The answer about an iModel that is not there, or not for the caller.</summary>
    internal static ProblemHttpResult NotFound() => TypedResults.Problem("There is no such iModel.", statusCode: StatusCodes.Status404NotFound);

    // What is posted is JSON; other content comes here, whatever its address.
    private static ProblemHttpResult NoSuchResource(HttpRequest request) => HttpMethods.IsPost(request.Method) && !request.HasJsonContentType()
        ? TypedResults.Problem("Send JSON, and say so: Content-Type: application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType)
        : TypedResults.Problem("There is no such resource.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<Ok<IReadOnlyList<IModelListing>>> ListAsync(
        HttpContext context, IIModelStore store, IAccessResolver accessResolver, CancellationToken cancellationToken)
    {
        IIModelAccess access = accessResolver.Resolve(context);
        IReadOnlyList<IModelListing> all = await store.ListAsync(cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok<IReadOnlyList<IModelListing>>([.. all.Where(listing => access.Allows(listing, IModelRight.Read))]);
    }

    private static async Task<Results<Ok<IModelListing>, ProblemHttpResult>> FindAsync(
        string key, HttpContext context, IIModelStore store, IAccessResolver accessResolver, CancellationToken cancellationToken) =>
        await store.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } listing && accessResolver.Resolve(context).Allows(listing, IModelRight.Read)
            ? TypedResults.Ok(listing)
            : NotFound();

    private static async Task<Results<Ok<IReadOnlyList<SessionInfo>>, ProblemHttpResult>> SessionsAsync(
        string key, HttpContext context, IIModelStore store, IAccessResolver accessResolver, CancellationToken cancellationToken) =>
        await store.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } listing && accessResolver.Resolve(context).Allows(listing, IModelRight.Manage)
            ? TypedResults.Ok(await store.SessionsAsync(key, cancellationToken).ConfigureAwait(false))
            : NotFound();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> DownloadAsync(
        string key, HttpContext context, IIModelStore store, IAccessResolver accessResolver, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(key, cancellationToken).ConfigureAwait(false) is not { } listing || !accessResolver.Resolve(context).Allows(listing, IModelRight.Read))
            return NotFound();
        try
        {
            return await store.OpenFileAsync(key, cancellationToken).ConfigureAwait(false) is { } file
                ? TypedResults.Stream(file, "application/octet-stream", key[(key.LastIndexOf('/') + 1)..], listing.Modified, enableRangeProcessing: true)
                : NotFound();
        }
        catch (IModelBusyException busy)
        {
            return TypedResults.Problem(busy.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }

    private static Results<Ok<IReadOnlyList<UploadStatus>>, ProblemHttpResult> Uploads(
        HttpContext context, UploadProgress board, IAccessResolver accessResolver) =>
        accessResolver.Resolve(context).Allows("", IModelRight.Manage)
            ? TypedResults.Ok(board.Running)
            : TypedResults.Problem("You have no right to see uploads.", statusCode: StatusCodes.Status403Forbidden);
}
