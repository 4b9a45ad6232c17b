using ITwinOrleans.Grains.Listing;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>A <see cref="SiloReport"/> on its way to another process.</summary>
[GenerateSerializer, Immutable, Alias("ITwinOrleans.SiloReport")]
internal struct SiloReportSurrogate
{
    [Id(0)]
    public SiloLoadSurrogate Load;

    [Id(1)]
    public (string Name, string State, int Generation)[] Workers;

    [Id(2)]
    public IModelStatusSurrogate[] IModels;

    [Id(3)]
    public DateTimeOffset Since;

    public static SiloReportSurrogate From(SiloReport report) => new()
    {
        Load = SiloLoadSurrogate.From(report.Load),
        Since = report.Since,
        Workers = [.. report.Workers.Select(w => (w.Name, w.State, w.Generation))],
        IModels = [.. report.IModels.Select(IModelStatusSurrogate.From)],
    };

    public readonly SiloReport ToReport() => new(
        Load.ToLoad(), Since, [.. Workers.Select(w => new WorkerReport(w.Name, w.State, w.Generation))], [.. IModels.Select(s => s.ToStatus())]);
}
