namespace ITwinOrleans.Samples.Plant;

/// <summary>The plant's spatial categories.</summary>
internal enum Category
{
    Terrain,
    Paving,
    Landscape,
    Concrete,
    Buildings,
    StructuralSteel,
    Platforms,
    Tanks,
    Vessels,
    HeatExchangers,
    ProcessPiping,
    UtilityPiping,
    Valves,
    Pumps,
    Electrical,
    CableTrays,
}
