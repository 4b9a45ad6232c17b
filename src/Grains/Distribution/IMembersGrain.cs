using ITwinOrleans.Grains.Distribution.Silos;
using Orleans.Concurrency;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Which silos there are, as the nearest one knows. The key is always 0.</summary>
/// <remarks>Orleans' own management grain reads the whole list of silos anew for each question, and answers none while its database is gone.</remarks>
internal interface IMembersGrain : IGrainWithIntegerKey
{
    /// <summary>All silos, also dead ones.</summary>
    [AlwaysInterleave]
    ValueTask<SiloMember[]> GetAsync();
}
