namespace ITwinOrleans.Grains.Live.Writing;

/// <summary>Lets many write at once, or one alone, whose writes the journal may only get together with something else.</summary>
internal sealed class WriteTurns
{
    private const int Places = 64;

    private readonly SemaphoreSlim _places = new(Places), _alone = new(1);

    /// <summary>Waits for a place beside others. Dispose what it returns.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(() => _places.Release());
    }

    /// <summary>Waits until nobody else has a place. Dispose what it returns.</summary>
    public async Task<IDisposable> EnterAloneAsync(CancellationToken cancellationToken)
    {
        await _alone.WaitAsync(cancellationToken).ConfigureAwait(false);
        var taken = 0;
        try
        {
            for (; taken < Places; taken++)
                await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            if (taken > 0)
                _places.Release(taken);
            _alone.Release();
            throw;
        }

        return new Turn(() =>
        {
            _places.Release(Places);
            _alone.Release();
        });
    }

    private sealed class Turn(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
