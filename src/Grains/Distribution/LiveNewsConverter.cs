using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Lets Orleans carry a <see cref="LiveNews"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class LiveNewsConverter : IConverter<LiveNews, LiveNewsSurrogate>
{
    public LiveNews ConvertFromSurrogate(in LiveNewsSurrogate surrogate) => surrogate.ToValue();

    public LiveNewsSurrogate ConvertToSurrogate(in LiveNews value) => LiveNewsSurrogate.From(value);
}
