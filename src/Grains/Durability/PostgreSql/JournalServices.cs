using ITwinOrleans.Grains.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>What the parts of the PostgreSQL journal share.</summary>
internal sealed class JournalServices(JournalDatabase database, IFileStore files, IOptions<DurabilityOptions> options, ILogger<JournalServices> logger)
{
    public JournalDatabase Database => database;

    public IFileStore Files => files;

    public DurabilityOptions Options => options.Value;

    public ILogger Logger => logger;
}
