using ITwinOrleans.Api.Limits;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Listing;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Catalog;

/// <summary>Takes a file in: streamed, bounded, checked to be an iModel, and visible only whole.</summary>
internal static class UploadHandler
{
    /// <summary>Handles an upload.</summary>
    public static async Task<Results<Created<IModelListing>, ProblemHttpResult>> UploadAsync(
        string key, HttpContext context, IIModelStore store, UploadProgress uploads, IAccessResolver accessResolver, IOptions<LimitOptions> limits,
        CancellationToken cancellationToken, bool replace = false)
    {
        if (!await MayUploadAsync(key, context, store, accessResolver, replace, cancellationToken).ConfigureAwait(false))
            return Problem(StatusCodes.Status403Forbidden, "You have no right to add or replace this iModel.");
        if (uploads.Running.Count >= limits.Value.Uploads)
        {
            context.Response.Headers.RetryAfter = "10";
            return Problem(StatusCodes.Status429TooManyRequests, "Too many uploads are running.");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bodySize)
            bodySize.MaxRequestBodySize = limits.Value.UploadBytes;
        using UploadProgress.Upload? upload = uploads.TryBegin(key, context.Request.ContentLength);
        if (upload is null)
            return Problem(StatusCodes.Status409Conflict, "An upload of that key is running.");
        try
        {
            IModelListing listing = await store.AddAsync(key, context.Request.Body, replace, upload, cancellationToken).ConfigureAwait(false);
            return TypedResults.Created($"/api/imodels/{string.Join('/', listing.Key.Split('/').Select(Uri.EscapeDataString))}", listing);
        }
        catch (UploadRefusedException refusal)
        {
            return Problem(StatusOf(refusal.Refusal), refusal.Message);
        }
        catch (BadHttpRequestException exception)
        {
            return Problem(exception.StatusCode, exception.Message);
        }
    }

    /// <summary>Adding needs the right to manage everything; replacing one iModel the right to manage that one.</summary>
    private static async ValueTask<bool> MayUploadAsync(
        string key, HttpContext context, IIModelStore store, IAccessResolver accessResolver, bool replace, CancellationToken cancellationToken)
    {
        IIModelAccess access = accessResolver.Resolve(context);
        return access.Allows("", IModelRight.Manage)
            || (replace && await store.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } listing && access.Allows(listing, IModelRight.Manage));
    }

    private static int StatusOf(UploadRefusal refusal) => refusal switch
    {
        UploadRefusal.Exists or UploadRefusal.InUse => StatusCodes.Status409Conflict,
        UploadRefusal.TooLarge => StatusCodes.Status413PayloadTooLarge,
        UploadRefusal.NotAnIModel => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status400BadRequest,
    };

    private static ProblemHttpResult Problem(int statusCode, string detail) => TypedResults.Problem(detail, statusCode: statusCode);
}
