namespace ITwinOrleans.Worker.Work;

/// <summary>What a piece of work answered. Owns its payload's memory: dispose it when it is written or read; once is enough, twice is harmless.</summary>
public sealed class WorkResponse : IDisposable
{
    private IDisposable? _owner;

    /// <summary>The result's UTF-8 JSON; empty for <c>undefined</c> or a purely binary result.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Binary results, in the order that the JSON refers to them.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Binaries { get; init; } = [];

    /// <summary>What keeps the payload's memory alive: native memory on the handler's side, pooled memory on the caller's.</summary>
    public IDisposable? Owner { init => _owner = value; }

    /// <summary>Releases the payload's memory. <see cref="Json"/> and <see cref="Binaries"/> may not be read afterwards.</summary>
    public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Dispose();
}
