using ITwinOrleans.Grains.Listing;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>Lets Orleans carry a <see cref="SiloReport"/>.</summary>
[RegisterConverter]
internal sealed class SiloReportConverter : IConverter<SiloReport, SiloReportSurrogate>
{
    public SiloReport ConvertFromSurrogate(in SiloReportSurrogate surrogate) => surrogate.ToReport();

    public SiloReportSurrogate ConvertToSurrogate(in SiloReport value) => SiloReportSurrogate.From(value);
}
