using ITwinOrleans.Grains.Owners;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Balance;

/// <summary>Decides which open iModel moves next, so that the silos have about as many.</summary>
/// <remarks>
/// Starts when two silos differ by <see cref="BalanceOptions.Threshold"/> and goes on until they differ by one. First those that nobody uses, then those that
/// were not called for longest; never one with a call or a write on its way, nor one that moved lately. Not safe for several threads.
/// </remarks>
public sealed class MoveChooser(IOptions<BalanceOptions> options, TimeProvider time)
{
    private readonly Dictionary<string, DateTimeOffset> _moved = new(StringComparer.Ordinal);
    private bool _moving;

    /// <summary>Chooses one move, and remembers it; null when nothing should move.</summary>
    public Move? Choose(IReadOnlyList<SiloIModels> silos)
    {
        ArgumentNullException.ThrowIfNull(silos);
        var now = time.GetUtcNow();
        foreach (var key in _moved.Where(m => now - m.Value >= options.Value.Rest).Select(m => m.Key).ToArray())
            _moved.Remove(key);
        var from = silos.Where(s => !s.Load.IsLeaving).MaxBy(s => s.Load.OpenIModels);
        var to = silos.Where(s => !s.Load.IsLeaving && s.Load.HasRoom()).MinBy(s => s.Load.OpenIModels);
        var difference = from is null || to is null ? 0 : from.Load.OpenIModels - to.Load.OpenIModels;
        _moving = difference >= (_moving ? 2 : options.Value.Threshold);
        if (!_moving)
            return null;
        var next = from!.IModels.Where(m => MayMove(m) && !_moved.ContainsKey(m.Key)).OrderBy(m => m.Sessions.Count + m.People > 0).ThenBy(m => m.LastUsed).FirstOrDefault();
        if (next is null)
            return null;
        _moved[next.Key] = now;
        return new Move(next.Key, from.Load.Silo, to!.Load.Silo);
    }

    private static bool MayMove(IModelStatus status) => status is { State: IModelState.Open, CallsInFlight: 0, CallsQueued: 0, IsWriting: false };
}
