namespace ITwinOrleans.Grains.Balance;

/// <summary>An iModel is to change its silo.</summary>
/// <param name="Key">The iModel's file key.</param>
/// <param name="From">The silo that has it.</param>
/// <param name="To">The silo that is to have it.</param>
/// <param name="EvenBusy">Whether also with calls and writes on their way, which are finished first.</param>
public sealed record Move(string Key, string From, string To, bool EvenBusy = false);
