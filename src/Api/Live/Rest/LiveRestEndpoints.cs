using System.Text.Json;
using ITwinOrleans.Api.Catalog;
using ITwinOrleans.Api.Live.Hub;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Live.Rest;

/// <summary>REST for scripts: transactions, the feed, history and versions of a live iModel, below <c>/api/imodels/{key}</c>.</summary>
internal static class LiveRestEndpoints
{
    /// <summary>The routes' parameters, and how the description shows their paths.</summary>
    public static IReadOnlyDictionary<string, string> Paths { get; } = new Dictionary<string, string>
    {
        ["transactionsOfKey"] = "{key}/transactions",
        ["feedOfKey"] = "{key}/feed",
        ["historyOfKey"] = "{key}/history",
        ["versionsOfKey"] = "{key}/versions",
        ["versionFileOfKey"] = "{key}/versions/{index}/file",
        ["changesetFileOfKey"] = "{key}/changesets/{index}/file",
    };

    /// <summary>Maps them.</summary>
    public static IEndpointRouteBuilder MapLiveRest(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder api = endpoints.MapGroup("/api/imodels").WithTags("Live iModels").AddEndpointFilter<SameSiteFilter>();
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<AuthenticationSettings>>().Value.IsConfigured)
            api.RequireAuthorization();
        api.MapPost("/{**transactionsOfKey:live(transactions)}", TransactAsync).WithName("Transact")
            .WithSummary("Applies a transaction: all of it, or nothing. Sent again under its operation id, it is applied once.")
            .Accepts<JsonElement>("application/json").Produces<LiveResult>().WithRefusals();
        api.MapGet("/{**feedOfKey:live(feed)}", ReadFeedAsync).WithName("ReadFeed")
            .WithSummary("Reads the commits after a state; waits up to `wait` seconds when there is none.")
            .Produces<JsonElement>().WithRefusals();
        api.MapGet("/{**historyOfKey:live(history)}", HistoryAsync).WithName("ReadHistory")
            .WithSummary("Reads who did what, newest first.").Produces<LiveCommitHeader[]>().WithRefusals();
        api.MapGet("/{**versionsOfKey:live(versions)}", VersionsAsync).WithName("ListVersions")
            .WithSummary("Lists the named versions, oldest first.").Produces<LiveVersion[]>().WithRefusals();
        api.MapPost("/{**versionsOfKey:live(versions)}", NameVersionAsync).WithName("NameVersion")
            .WithSummary("Names the current state as a version.").Accepts<NameVersionRequest>("application/json").Produces<LiveVersion>().WithRefusals();
        api.MapGet("/{**versionFileOfKey:live(versions/file)}", VersionFileAsync).WithName("DownloadVersion")
            .WithSummary("Downloads a version's file, a snapshot; parts of it by Range.").ProducesFile();
        api.MapGet("/{**changesetFileOfKey:live(changesets/file)}", ChangesetFileAsync).WithName("DownloadChangeset")
            .WithSummary("Downloads the changeset that leads to a version from the one before; parts of it by Range.").ProducesFile();
        return endpoints;
    }

    private static RouteHandlerBuilder ProducesFile(this RouteHandlerBuilder route) =>
        route.Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").WithRefusals();

    private static RouteHandlerBuilder WithRefusals(this RouteHandlerBuilder route)
    {
        foreach (int status in LiveRestAnswers.Statuses)
            route.Produces<LiveRefusalAnswer>(status);
        return route.ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> TransactAsync(string transactionsOfKey, HttpContext context, LiveRest rest) =>
        await rest.CallAsync(context, transactionsOfKey, LiveOperation.Transact, await rest.ReadBodyAsync(context).ConfigureAwait(false)).ConfigureAwait(false);

    private static async Task<IResult> NameVersionAsync(string versionsOfKey, HttpContext context, LiveRest rest) =>
        await rest.CallAsync(context, versionsOfKey, LiveOperation.NameVersion, await rest.ReadBodyAsync(context).ConfigureAwait(false)).ConfigureAwait(false);

    private static Task<IResult> VersionsAsync(string versionsOfKey, HttpContext context, LiveRest rest) =>
        rest.CallAsync(context, versionsOfKey, LiveOperation.Versions, default);

    private static Task<IResult> VersionFileAsync(string versionFileOfKey, HttpContext context, LiveRest rest) =>
        rest.DownloadAsync(context, versionFileOfKey, static (files, key, version) => files.OpenCheckpoint(key, version.Index), static version => version.File);

    private static Task<IResult> ChangesetFileAsync(string changesetFileOfKey, HttpContext context, LiveRest rest) =>
        rest.DownloadAsync(context, changesetFileOfKey, static (files, key, version) => files.OpenChangeset(key, version.Index), static version => $"{version.Id}.changeset");

    private static Task<IResult> HistoryAsync(string historyOfKey, HttpContext context, LiveRest rest, int count = 100, long? before = null, string? user = null) => rest.CallAsync(
        context, historyOfKey, LiveOperation.History,
        JsonSerializer.SerializeToUtf8Bytes(new HistoryRequest(count, before, user), LiveCallJson.Default.HistoryRequest));

    private static Task<IResult> ReadFeedAsync(
        string feedOfKey, HttpContext context, LiveRest rest, long epoch = 0, long sequence = 0, int wait = 0, int count = 1000) =>
        rest.ReadFeedAsync(context, feedOfKey, new LiveState(epoch, sequence), TimeSpan.FromSeconds(Math.Clamp(wait, 0, 25)), Math.Clamp(count, 1, 1000));
}
