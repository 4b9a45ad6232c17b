namespace ITwinOrleans.Grains.Durability.Local;

/// <summary>Ownership on a single machine: a lock of the operating system for as long as the owner's process lives, and the epoch in a small file beside the iModel.</summary>
public sealed class LocalOwnershipStore(TimeProvider time) : IOwnershipStore, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (OwnerLock Lock, Ownership Ownership)> _held = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<OwnershipState?> FindAsync(string key, string path, CancellationToken cancellationToken) => Task.FromResult(Find(key, path));

    /// <inheritdoc/>
    public Task<Ownership> TakeAsync(OwnershipRequest request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_held.TryGetValue(request.Path, out var held) && held.Ownership.Epoch == request.ExpectedEpoch && held.Ownership.Owner == request.Owner)
                return Task.FromResult(Take(request, held.Lock));
            OwnerLock fresh = OwnerLock.TryTake(request.Path) ?? throw Taken(request);
            try
            {
                return Task.FromResult(Take(request, fresh));
            }
            catch
            {
                fresh.Dispose();
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public Task RenewAsync(Ownership ownership, CancellationToken cancellationToken)
    {
        Check(ownership);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(Ownership ownership, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Check(ownership);
            _held.Remove(ownership.Path, out var held);
            using (held.Lock)
            {
                if (OwnerFile.Read(ownership.Path) is { } record)
                    OwnerFile.Write(ownership.Path, record with { Released = true });
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Frees all locks.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var held in _held.Values)
                held.Lock.Dispose();
            _held.Clear();
        }
    }

    /// <summary>Refuses an epoch that this process does not hold.</summary>
    /// <exception cref="StaleEpochException">It is not held.</exception>
    internal void Check(Ownership ownership)
    {
        lock (_lock)
        {
            if (!_held.TryGetValue(ownership.Path, out var held) || held.Ownership.Epoch != ownership.Epoch)
                throw new StaleEpochException(ownership.Key, ownership.Epoch, Find(ownership.Key, ownership.Path)?.Epoch ?? 0);
        }
    }

    private Ownership Take(OwnershipRequest request, OwnerLock ownerLock)
    {
        var epoch = OwnerFile.Read(request.Path)?.Epoch ?? 0;
        if (epoch != request.ExpectedEpoch)
            throw new OwnershipTakenException($"{request.Key} was taken by somebody else since: its epoch is {epoch}, not {request.ExpectedEpoch}.", Find(request.Key, request.Path));
        var ownership = new Ownership(request.Key, request.Path, Math.Max(epoch, request.AtLeast) + 1, request.Owner);
        OwnerFile.Write(request.Path, new OwnerRecord(
            ownership.Epoch, request.Owner.Name, request.Owner.Address, request.Owner.ProcessId, time.GetUtcNow(), Released: false));
        _held[request.Path] = (ownerLock, ownership);
        return ownership;
    }

    private static OwnershipTakenException Taken(OwnershipRequest request)
    {
        OwnershipState? holder = Find(request.Key, request.Path);
        var who = holder is { Released: false } ? $"process {holder.Owner.ProcessId} ({holder.Owner.Name})" : "another process";
        return new OwnershipTakenException($"{request.Key} is open for writing in {who}. Close it there, or work through that server.", holder);
    }

    private static OwnershipState? Find(string key, string path) => OwnerFile.Read(path) is { } record
        ? new OwnershipState(key, record.Epoch, new OwnerIdentity(record.Name, record.Address, record.ProcessId), record.Taken, record.Taken, record.Released)
        : null;
}
