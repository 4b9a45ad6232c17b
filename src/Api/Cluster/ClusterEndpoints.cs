using System.Diagnostics;
using ITwinOrleans.Api.Catalog;
using ITwinOrleans.Api.Live.Relay;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Cluster;

/// <summary>What the cluster does: the silos and what each has open.</summary>
public static class ClusterEndpoints
{
    private static readonly DateTimeOffset Since = StartOfProcess();

    /// <summary>Maps it.</summary>
    public static IEndpointRouteBuilder MapCluster(this IEndpointRouteBuilder endpoints)
    {
        RouteHandlerBuilder route = endpoints.MapGet("/api/cluster", GetAsync).WithTags("Cluster").WithName("DescribeCluster")
            .WithSummary("Describes the silos, and the open iModels that you may read.");
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<AuthenticationSettings>>().Value.IsConfigured)
            route.RequireAuthorization();
        return endpoints;
    }

    private static async Task<Ok<ClusterAnswer>> GetAsync(
        HttpContext context, IClusterView cluster, IIModelStore store, LiveConnections connections, IAccessResolver accessResolver, CancellationToken cancellationToken)
    {
        IIModelAccess access = accessResolver.Resolve(context);
        IReadOnlyList<SiloListing> silos = await cluster.GetAsync(cancellationToken).ConfigureAwait(false);
        Func<string, bool> mayRead = await MayReadAsync(access, store, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new ClusterAnswer(
            [.. silos.OrderBy(silo => silo.Name, StringComparer.Ordinal).ThenBy(silo => silo.Since).Select(silo => AnswerOf(silo, access.IsOperator))],
            [.. silos.SelectMany(silo => OpenIModelsOf(silo).Where(m => mayRead(m.Key)).Select(m => AnswerOf(m, silo.Name))).OrderBy(m => m.Key, StringComparer.Ordinal)],
            new ApiAnswer($"{Environment.MachineName}-{Environment.ProcessId}", Since, Environment.WorkingSet, connections.Count)));
    }

    private static async Task<Func<string, bool>> MayReadAsync(IIModelAccess access, IIModelStore store, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(access, FullAccess.Instance))
            return _ => true;
        IReadOnlyList<IModelListing> all = await store.ListAsync(cancellationToken).ConfigureAwait(false);
        HashSet<string> allowed = all.Where(listing => access.Allows(listing, IModelRight.Read)).Select(listing => listing.Key).ToHashSet(StringComparer.Ordinal);

        // Versions are not listed; who may read everything may read them, too.
        return access.Allows("", IModelRight.Read) ? _ => true : allowed.Contains;
    }

    private static IEnumerable<IModelStatus> OpenIModelsOf(SiloListing silo) => silo.Report?.IModels.Where(m => m.State != IModelState.Closed) ?? [];

    private static SiloAnswer AnswerOf(SiloListing silo, bool isOperator)
    {
        SiloReport? report = silo.Report;
        return new SiloAnswer(
            silo.Name, isOperator ? silo.Address : null, silo.Status, silo.Since, report is not null, report?.Load.MemoryBytes, report?.Load.MaxMemoryBytes,
            report?.Load.OpenIModels, report?.Load.MaxOpenIModels, report?.IModels.Sum(m => m.Sessions.Count), report?.IModels.Sum(m => m.People),
            report?.Load.CallsInFlight, report is null ? null : Math.Round(report.Load.CallsPerSecond, 1), report?.Workers);
    }

    private static OpenIModelAnswer AnswerOf(IModelStatus status, string silo) => new(
        status.Key, silo, status.Worker, NameOf(status.State), status.Writable?.Epoch, status.Writable?.Sequence, status.Sessions.Count, status.People,
        status.CallsInFlight, status.CallsQueued, status.LastUsed, status.IsReplica);

    private static string NameOf(IModelState state) => state switch
    {
        IModelState.Opening => "opening",
        IModelState.Open => "open",
        IModelState.Closing => "closing",
        _ => "closed",
    };

    private static DateTimeOffset StartOfProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }
}
