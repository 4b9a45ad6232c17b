using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Replicas;

/// <summary>Decides which silos serve a fixed version of an iModel beside its owner's, one more at a time.</summary>
/// <remarks>Apis ask as long as they have many calls of it. When none has asked for a while, the replicas are forgotten, and close as any iModel that nobody calls.</remarks>
/// <param name="key">The iModel's file key.</param>
/// <param name="prepare">Opens it on a silo; false or an exception when that cannot serve it.</param>
/// <param name="time">The clock.</param>
public sealed class ReplicaSet(string key, Func<string, Task<bool>> prepare, TimeProvider time)
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly List<string> _silos = [];
    private Task _preparing = Task.CompletedTask;
    private long _asked = time.GetTimestamp();

    /// <summary>The silos that serve it, and are ready. Where the owner has too much to do, another one is being made ready meanwhile, to be named the next time.</summary>
    /// <param name="isHot">Whether the owner has too much to do; see <see cref="IModelOwner.IsHot"/>.</param>
    /// <param name="others">The silos other than the owner's.</param>
    public IReadOnlyList<string> Look(bool isHot, IReadOnlyList<SiloCandidate> others)
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_asked) > Memory)
                _silos.Clear();
            _asked = time.GetTimestamp();
            SiloCandidate[] fit = [.. others.Where(other => other is { IsFresh: true, Load.IsLeaving: false })];
            _silos.RemoveAll(silo => !fit.Any(other => other.Silo == silo));
            if (isHot && _preparing.IsCompleted
                && SiloChooser.Choose(key, [.. fit.Where(other => other.Load!.HasRoom(other.Coming) && !_silos.Contains(other.Silo))]) is { } next)
                _preparing = PrepareAsync(next);
            return [.. _silos];
        }
    }

    // What goes wrong with a silo is no failure of the iModel, which its owner serves.
    private async Task PrepareAsync(string silo)
    {
        var prepared = prepare(silo);
        await ((Task)prepared).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (!prepared.IsCompletedSuccessfully || !prepared.Result)
            return;
        lock (_lock)
            _silos.Add(silo);
    }
}
