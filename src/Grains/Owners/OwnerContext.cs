using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Live;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Owners;

/// <summary>What all owners of a silo share.</summary>
internal sealed record OwnerContext(
    IModelCatalog Catalog, IWorkerPool Pool, OpenIModelLimit Limit, IOperationSafety Safety, OwnerOptions Options, TimeProvider Time, ILogger Logger,
    LiveContext Live);
