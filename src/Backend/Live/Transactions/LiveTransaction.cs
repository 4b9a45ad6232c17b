using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Live.Transactions;

/// <summary>A transaction that is well-formed; whether the iModel takes it is another question.</summary>
/// <param name="OperationId">Chosen by the client.</param>
/// <param name="Description">What history shows.</param>
/// <param name="Base">The state that the client read; null for no check.</param>
/// <param name="Operations">What is done, in order.</param>
/// <param name="HasNames">Whether inserts are named, so that <c>"@name"</c> means something.</param>
/// <param name="Hash">SHA-256 of the operations' text.</param>
internal sealed record LiveTransaction(
    string OperationId, string Description, LiveState? Base, IReadOnlyList<LiveOperation> Operations, bool HasNames, byte[] Hash);
