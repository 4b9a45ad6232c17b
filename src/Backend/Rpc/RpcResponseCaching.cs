namespace ITwinOrleans.Backend.Rpc;

/// <summary>How long the answer to a GET may be kept, for an iModel of a fixed version (iTwin.js <c>RpcResponseCacheControl</c> and its exceptions).</summary>
public enum RpcResponseCaching : byte
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By shared caches for a day, by the browser for a second (<c>getConnectionProps</c>: it also opens the iModel).</summary>
    Shared,

    /// <summary>By shared caches for a day, by the browser for two.</summary>
    Immutable,
}
