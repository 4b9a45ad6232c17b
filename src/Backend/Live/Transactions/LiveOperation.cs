namespace ITwinOrleans.Backend.Live.Transactions;

/// <summary>One operation of a transaction, as it came.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Entity">What it is about.</param>
/// <param name="Name">The name by which later operations mean the inserted entity; null for none.</param>
/// <param name="Id">What is deleted; of an insert the id that was reserved for it.</param>
/// <param name="Props">The entity's props, a JSON object; empty of a delete by id.</param>
internal readonly record struct LiveOperation(OperationAction Action, EntityKind Entity, string? Name, string? Id, ReadOnlyMemory<byte> Props);
