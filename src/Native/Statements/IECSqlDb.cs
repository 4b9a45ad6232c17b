namespace ITwinOrleans.Native.Statements;

/// <summary>A database that understands ECSQL: an iModel or an ECDb.</summary>
public interface IECSqlDb
{
    /// <summary>ECSQL on the library's own threads.</summary>
    ConcurrentQueries Queries { get; }
}
