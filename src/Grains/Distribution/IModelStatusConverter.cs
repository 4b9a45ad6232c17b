using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Lets Orleans carry an <see cref="IModelStatus"/>.</summary>
[RegisterConverter]
internal sealed class IModelStatusConverter : IConverter<IModelStatus, IModelStatusSurrogate>
{
    public IModelStatus ConvertFromSurrogate(in IModelStatusSurrogate surrogate) => surrogate.ToStatus();

    public IModelStatusSurrogate ConvertToSurrogate(in IModelStatus value) => IModelStatusSurrogate.From(value);
}
