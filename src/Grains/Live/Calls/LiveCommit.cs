using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Grains.Live.Calls;

/// <summary>One record of the feed.</summary>
/// <param name="State">The state that it leads to.</param>
/// <param name="Record">The record as it goes to clients, UTF-8 JSON.</param>
public sealed record LiveCommit(LiveState State, ReadOnlyMemory<byte> Record)
{
    /// <summary>Reads a record's state from its JSON.</summary>
    public static LiveCommit Of(ReadOnlyMemory<byte> record) => new(LiveStateReader.Read(record.Span), record);
}
