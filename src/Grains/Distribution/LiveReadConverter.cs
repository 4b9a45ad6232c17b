using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Lets Orleans carry a <see cref="LiveRead"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class LiveReadConverter : IConverter<LiveRead, LiveReadSurrogate>
{
    public LiveRead ConvertFromSurrogate(in LiveReadSurrogate surrogate) => surrogate.ToValue();

    public LiveReadSurrogate ConvertToSurrogate(in LiveRead value) => LiveReadSurrogate.From(value);
}
