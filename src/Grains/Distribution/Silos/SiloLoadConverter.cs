using ITwinOrleans.Grains.Balance;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>Lets Orleans carry a <see cref="SiloLoad"/>.</summary>
[RegisterConverter]
internal sealed class SiloLoadConverter : IConverter<SiloLoad, SiloLoadSurrogate>
{
    public SiloLoad ConvertFromSurrogate(in SiloLoadSurrogate surrogate) => surrogate.ToLoad();

    public SiloLoadSurrogate ConvertToSurrogate(in SiloLoad value) => SiloLoadSurrogate.From(value);
}
