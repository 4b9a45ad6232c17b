namespace ITwinOrleans.Backend.Queries.Ecsql;

/// <summary>A piece of ECSQL text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">How long it is.</param>
internal readonly record struct EcsqlToken(EcsqlTokenKind Kind, int Start, int Length);
