using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>Lets exceptions of any kind cross to another process.</summary>
/// <remarks>
/// Ours have their causes with them, which come from libraries (the database's, the store's). Orleans refuses those that it was not told of, and that refusal
/// takes the place of the whole exception: who asked learns of a missing codec, not that he should ask again.
/// </remarks>
internal static class CarriedExceptions
{
    public static IServiceCollection CarryExceptions(this IServiceCollection services) =>
        services.Configure<ExceptionSerializationOptions>(options => options.SupportedExceptionTypeFilter = static _ => true);
}
