using ITwinOrleans.Grains.Owners;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Balance;

/// <summary>Decides which open iModel moves next, so that the silos have about as many.</summary>
/// <remarks>
/// Starts when two silos differ by <see cref="BalanceOptions.Threshold"/> and goes on until they differ by one. First those that nobody uses, then those that
/// were not called for longest; one with a call or a write on its way only when nothing else could move at several looks in a row; none that moved lately. Not safe
/// for several threads.
/// </remarks>
public sealed class MoveChooser(IOptions<BalanceOptions> options, TimeProvider time)
{
    /// <summary>The look, of those in a row at which something should move, at which a busy one may: most are busy only now and then.</summary>
    private const int BusyLooks = 4;

    private readonly Dictionary<string, DateTimeOffset> _moved = new(StringComparer.Ordinal);
    private bool _moving;
    private int _looks;
    private int _looksBefore;

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
            _looks = 0;
            return null;
        }

        _looks++;
        var next = from!.IModels.Where(m => m.State == IModelState.Open && !m.IsReplica && !_moved.ContainsKey(m.Key))
            .OrderBy(IsBusy).ThenBy(m => m.Sessions.Count + m.People > 0).ThenBy(m => m.LastUsed).FirstOrDefault();
        var evenBusy = _looks >= BusyLooks;
        if (next is null || (IsBusy(next) && !evenBusy))
            return null;
        _moved[next.Key] = now;
        (_looksBefore, _looks) = (_looks, 0);
        return new Move(next.Key, from.Load.Silo, to!.Load.Silo, evenBusy);
    }

    /// <summary>The move that was chosen last was not begun, for example because its iModel had become busy: it may be chosen again, and that look was in vain.</summary>
    public void Forget(Move move)
    {
        ArgumentNullException.ThrowIfNull(move);
        _moved.Remove(move.Key);
        _looks = _looksBefore;
    }

    private static bool IsBusy(IModelStatus status) => status is { CallsInFlight: > 0 } or { CallsQueued: > 0 } or { IsWriting: true };
}
