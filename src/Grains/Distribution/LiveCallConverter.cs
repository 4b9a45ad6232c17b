using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Lets Orleans carry a <see cref="LiveCall"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class LiveCallConverter : IConverter<LiveCall, LiveCallSurrogate>
{
    public LiveCall ConvertFromSurrogate(in LiveCallSurrogate surrogate) => surrogate.ToValue();

    public LiveCallSurrogate ConvertToSurrogate(in LiveCall value) => LiveCallSurrogate.From(value);
}
