namespace ITwinOrleans.Backend.Rpc;

/// <summary>What an operation answered. Owns its payload's memory: dispose it when the response is written.</summary>
public sealed class RpcReply : IDisposable
{
    private IDisposable? _owner;

    /// <summary>How the request ended.</summary>
    public required RpcStatus Status { get; init; }

    /// <summary>The result's UTF-8 JSON; empty for <c>undefined</c>, for a purely binary result and for an error.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>
    /// Binary results. With empty <see cref="Json"/> there is one and it is the whole result (a <c>Uint8Array</c>); otherwise
    /// <c>{"isBinary":true,"index":i,"size":n,"chunks":1}</c> markers in the JSON refer to them.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Binaries { get; init; } = [];

    /// <summary>The error, for <see cref="RpcStatus.Rejected"/> and <see cref="RpcStatus.NotFound"/>.</summary>
    public RpcError? Error { get; init; }

    /// <summary>Whether caches may keep the result; the iModel's owner knows.</summary>
    public RpcFreshness Freshness { get; init; }

    /// <summary>What keeps the payload's memory alive.</summary>
    public IDisposable? Owner { init => _owner = value; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Dispose();
}
