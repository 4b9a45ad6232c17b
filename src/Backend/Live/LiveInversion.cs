using System.Security.Cryptography;
using System.Text;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Live;

/// <summary>An undo or a redo.</summary>
/// <param name="OperationId">Its own id: the same id is applied once.</param>
/// <param name="Target">The operation that is meant; null for the newest.</param>
/// <param name="Description">What history shows; null for the target's description.</param>
public sealed record LiveInversion(string OperationId, string? Target = null, string? Description = null)
{
    /// <summary>A hash of what is asked for.</summary>
    internal byte[] HashOf(LiveCommitKind kind) => SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} {Target}"));
}
