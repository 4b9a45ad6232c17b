using System.Buffers;
using System.Text.Json;
using ITwinOrleans.Api.Catalog;
using ITwinOrleans.Api.Live.Hub;
using ITwinOrleans.Api.Limits;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Owners;
using Microsoft.AspNetCore.Http.Features;

namespace ITwinOrleans.Api.Live.Rest;

/// <summary>Carries REST's requests to owners. A request is a session of its own: it has no presence, and no locks.</summary>
internal sealed class LiveRest(LiveServices services, VersionFiles files, IAccessResolver accessResolver, AdmissionControl admission)
{
    /// <summary>The body of a request, whole.</summary>
    /// <exception cref="BadHttpRequestException">It is larger than a message may be.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = services.Options.MaxMessageBytes;
        using var body = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? 0, services.Options.MaxMessageBytes));
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>Calls the owner.</summary>
    public async Task<IResult> CallAsync(HttpContext context, string path, LiveOperation operation, ReadOnlyMemory<byte> json) =>
        await TryCallAsync(context, path, operation, json).ConfigureAwait(false) is { } answer ? LiveRestAnswers.Of(context, answer) : CatalogEndpoints.NotFound();

    /// <summary>Sends a file of a version.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">The path below <c>/api/imodels</c>, which names the version.</param>
    /// <param name="open">Opens the file; null when there is none.</param>
    /// <param name="nameOf">The name that it is to be saved under.</param>
    public async Task<IResult> DownloadAsync(
        HttpContext context, string path, Func<VersionFiles, string, LiveVersion, FileStream?> open, Func<LiveVersion, string> nameOf)
    {
        if (await TryCallAsync(context, path, LiveOperation.Versions, default).ConfigureAwait(false) is not { } answer)
            return CatalogEndpoints.NotFound();
        if (answer.Span.StartsWith(LiveAnswers.RefusalStart))
            return LiveRestAnswers.Of(context, answer);
        LivePath live = LivePath.Parse(path)!;
        LiveVersion? version = JsonSerializer.Deserialize(answer.Span, LiveJson.Default.LiveVersionArray)?.FirstOrDefault(one => one.Index == live.Index);
        return version is not null && open(files, live.Key, version) is { } file
            ? Results.Stream(file, "application/octet-stream", nameOf(version), version.Time, enableRangeProcessing: true)
            : TypedResults.Problem("There is no such version.", statusCode: StatusCodes.Status404NotFound);
    }

    // Null when there is no such iModel, or not for the caller.
    private async Task<ReadOnlyMemory<byte>?> TryCallAsync(HttpContext context, string path, LiveOperation operation, ReadOnlyMemory<byte> json)
    {
        IModelRight needed = operation is LiveOperation.History or LiveOperation.Versions ? IModelRight.Read : IModelRight.Write;
        if (await FindAsync(context, path).ConfigureAwait(false) is not { } iModel)
            return null;
        if (!accessResolver.Resolve(context).Allows(iModel.IModelId, needed))
            return LiveAnswers.Refused(LiveRefusals.NotWritable, "You have no right to edit this iModel.");
        using Admission entry = await admission.EnterAsync(ClientKey.Of(context), iModel.IModelId, context.RequestAborted).ConfigureAwait(false);
        if (!entry.IsGranted)
            return LiveAnswers.Refused(LiveRefusals.Busy, entry.Reason);
        string session = Guid.NewGuid().ToString("N");
        var call = new LiveCall(operation, session, LiveUsers.Of(context.User, null, session), json);
        return await services.Caller.CallAsync(iModel.Key, call, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Reads the feed.</summary>
    public async Task<IResult> ReadFeedAsync(HttpContext context, string path, LiveState after, TimeSpan wait, int count)
    {
        if (await FindAsync(context, path).ConfigureAwait(false) is not { } iModel)
            return CatalogEndpoints.NotFound();
        try
        {
            LiveNews news = await services.IModels.ReadAsync(iModel.Key, new LiveRead("", after, "", -1, wait), context.RequestAborted).ConfigureAwait(false);
            return LiveRestAnswers.Of(context, Write(news, count));
        }
        catch (IModelBusyException busy)
        {
            return LiveRestAnswers.Of(context, LiveAnswers.Refused(LiveRefusals.Busy, busy.Message));
        }
    }

    private async Task<LiveIModelRef?> FindAsync(HttpContext context, string path)
    {
        if (LivePath.Parse(path) is not { } live)
            return null;
        LiveIModelRef? iModel = await services.IModels.FindAsync(live.Key, null, null, context.RequestAborted).ConfigureAwait(false);
        return iModel is not null && accessResolver.Resolve(context).Allows(iModel.IModelId, IModelRight.Read) ? iModel : null;
    }

    private static ReadOnlyMemory<byte> Write(LiveNews news, int count)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WritePropertyName("head"u8);
        JsonSerializer.Serialize(writer, news.Head, LiveJson.Default.LiveState);
        if (news.Reload is not null)
            writer.WriteString("reload"u8, news.Reload);
        writer.WriteStartArray("commits"u8);
        foreach (LiveCommit commit in news.Commits.Take(count))
            writer.WriteRawValue(commit.Record.Span, skipInputValidation: true);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
