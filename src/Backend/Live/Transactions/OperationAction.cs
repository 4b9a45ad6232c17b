namespace ITwinOrleans.Backend.Live.Transactions;

/// <summary>What an operation does.</summary>
internal enum OperationAction
{
    Insert,
    Update,
    Delete,
}
