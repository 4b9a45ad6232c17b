using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Domain;

/// <summary>What a handler is told about transactions. Valid while the handler runs.</summary>
/// <param name="Db">The iModel.</param>
/// <param name="Arguments">The arguments as native code gives them; objects as objects to look into.</param>
public sealed record TxnEventArgs(DgnDb Db, IReadOnlyList<NativeResult> Arguments);
