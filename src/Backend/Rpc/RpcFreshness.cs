namespace ITwinOrleans.Backend.Rpc;

/// <summary>Whether a result may be kept by caches.</summary>
public enum RpcFreshness : byte
{
    /// <summary>The iModel may change, or the result is no result of an iModel: nobody may keep it.</summary>
    Live,

    /// <summary>The iModel is of a fixed version (a changeset, a file that nobody writes): the same question has the same answer.</summary>
    Fixed,
}
