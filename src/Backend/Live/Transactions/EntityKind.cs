namespace ITwinOrleans.Backend.Live.Transactions;

/// <summary>What an operation is about.</summary>
internal enum EntityKind
{
    Element,
    Model,
    Aspect,
    Relationship,
}
