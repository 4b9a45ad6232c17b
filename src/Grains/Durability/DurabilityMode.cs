namespace ITwinOrleans.Grains.Durability;

/// <summary>What makes commits durable and proves ownership.</summary>
public enum DurabilityMode
{
    /// <summary>This machine: its disk, and locks of its operating system.</summary>
    Local,

    /// <summary>A PostgreSQL database that all silos share.</summary>
    PostgreSql,
}
