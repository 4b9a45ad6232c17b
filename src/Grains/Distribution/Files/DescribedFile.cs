using ITwinOrleans.Grains.Catalog;

namespace ITwinOrleans.Grains.Distribution.Files;

/// <summary>What a file is, on its way from a silo to an Api: a description, or why there is none.</summary>
[GenerateSerializer, Immutable, Alias("ITwinOrleans.DescribedFile")]
internal struct DescribedFile
{
    [Id(0)]
    public string? Name;

    [Id(1)]
    public string? IModelId;

    [Id(2)]
    public string? ITwinId;

    [Id(3)]
    public string? ChangesetId;

    [Id(4)]
    public int ChangesetIndex;

    [Id(5)]
    public double[]? Low;

    [Id(6)]
    public double[]? High;

    /// <summary>Why it is no iModel.</summary>
    [Id(7)]
    public string? Reason;

    [Id(8)]
    public int ErrorNumber;

    /// <summary>The silo does not see the file (yet), or has another one in its place.</summary>
    [Id(9)]
    public bool IsElsewhere;

    [Id(10)]
    public bool IsEditable;

    [Id(11)]
    public long Epoch;

    public static DescribedFile From(IModelDescription description) => new()
    {
        Name = description.Name,
        IModelId = description.IModelId,
        ITwinId = description.ITwinId,
        ChangesetId = description.Changeset.Id,
        ChangesetIndex = description.Changeset.Index,
        Low = description.Extents?.Low.ToArray(),
        High = description.Extents?.High.ToArray(),
        IsEditable = description.IsEditable,
        Epoch = description.Epoch,
    };

    public readonly IModelDescription ToDescription() => new(
        Name ?? "", IModelId ?? "", ITwinId ?? "", new ChangesetRef(ChangesetId ?? "", ChangesetIndex), Low is null || High is null ? null : new Extents(Low, High))
    {
        IsEditable = IsEditable,
        Epoch = Epoch,
    };
}
