using System.Collections;

namespace ITwinOrleans.Grains.Distribution.Payloads;

/// <summary>Stands in a reply's <c>Binaries</c> for a payload that is still in its silo: <see cref="ReplyFetcher"/> fetches it before anybody reads the reply.</summary>
/// <param name="Silo">The silo's address, the key of its <see cref="ISiloGrain"/>.</param>
/// <param name="Id">What the silo keeps it by.</param>
/// <param name="Lengths">The length of the JSON, then those of the binaries.</param>
internal sealed record RemotePayload(string Silo, Guid Id, int[] Lengths) : IReadOnlyList<ReadOnlyMemory<byte>>
{
    public int Count => throw NotFetched();

    public ReadOnlyMemory<byte> this[int index] => throw NotFetched();

    public IEnumerator<ReadOnlyMemory<byte>> GetEnumerator() => throw NotFetched();

    IEnumerator IEnumerable.GetEnumerator() => throw NotFetched();

    private static InvalidOperationException NotFetched() => new("The reply's payload was not fetched from its silo.");
}
