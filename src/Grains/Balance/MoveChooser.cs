using ITwinOrleans.Grains.Owners;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Balance;

/// <summary>Decides which open iModel moves next, so that the silos have about as many.</summary>
/// <remarks>
/// Starts when two silos differ by <see cref="BalanceOptions.Threshold"/> and goes on until they differ by one. First those that nobody uses, then those that
/// were not called for longest; one with a call or a write on its way only when there was no other at several looks in a row; none that moved lately. Not safe for
/// several threads.
/// </remarks>
public sealed class MoveChooser(IOptions<BalanceOptions> options, TimeProvider time)
{
    /// <summary>At so many looks in a row all were busy before a busy one moves: most are only now and then.</summary>
    private const int BusyLooks = 4;

    private readonly Dictionary<string, DateTimeOffset> _moved = new(StringComparer.Ordinal);
    private bool _moving;
    private int _busyLooks;

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
        {
            _busyLooks = 0;
            return null;
        }

        var next = from!.IModels.Where(m => m.State == IModelState.Open && !_moved.ContainsKey(m.Key))
            .OrderBy(IsBusy).ThenBy(m => m.Sessions.Count + m.People > 0).ThenBy(m => m.LastUsed).FirstOrDefault();
        if (next is null)
            return null;
        _busyLooks = IsBusy(next) ? _busyLooks + 1 : 0;
        if (_busyLooks is > 0 and < BusyLooks)
            return null;
        _moved[next.Key] = now;
        return new Move(next.Key, from.Load.Silo, to!.Load.Silo, _busyLooks > 0);
    }

    /// <summary>A move that was chosen was not begun: its iModel may be chosen again at once.</summary>
    public void Forget(Move move)
    {
        ArgumentNullException.ThrowIfNull(move);
        _moved.Remove(move.Key);
    }

    private static bool IsBusy(IModelStatus status) => status is { CallsInFlight: > 0 } or { CallsQueued: > 0 } or { IsWriting: true };
}
