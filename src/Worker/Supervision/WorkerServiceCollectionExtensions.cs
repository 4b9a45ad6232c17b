using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Worker.Supervision;

/// <summary>Registers workers.</summary>
public static class WorkerServiceCollectionExtensions
{
    /// <summary>Adds the pool of workers, as <see cref="IWorkerPool"/>; its settings are checked when it is made.</summary>
    /// <remarks>A registered <see cref="WorkHandlerFactory"/> makes the handler of in-process work.</remarks>
    public static IServiceCollection AddWorkerPool(this IServiceCollection services, Action<WorkerOptions>? configure = null)
    {
        var options = services.AddOptions<WorkerOptions>();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WorkerOptions>, WorkerOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IWorkerPool>(provider => new WorkerPool(
            provider.GetRequiredService<IOptions<WorkerOptions>>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<WorkHandlerFactory>()));
        return services;
    }
}
