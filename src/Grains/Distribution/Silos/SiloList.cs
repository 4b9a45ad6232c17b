using ITwinOrleans.Grains.Distribution.Loss;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>Asks every silo of the cluster; those that do not answer in time are left out.</summary>
internal sealed class SiloList(IGrainFactory grains, PatientCalls calls, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>All silos, also dead ones, as one of them knows; empty when none can be reached.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<SiloMember>> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await calls.RunAsync("all silos", isRepeatable: true, _ => grains.GetGrain<IMembersGrain>(0).GetAsync(), _ => { }, cancellationToken).ConfigureAwait(false);
        }
        catch (Loss.UnreachableException)
        {
            return [];
        }
    }

    /// <summary>The answers of all silos.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<T>> AskAsync<T>(Func<ISiloGrain, CancellationToken, ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        var silos = (await GetAsync(cancellationToken).ConfigureAwait(false)).Where(member => member.Status == SiloStatus.Active).Select(member => member.Address);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var answers = await Task.WhenAll(silos.Select(silo => AskOneAsync(silo, ask, either.Token))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return [.. answers.Where(a => a.Answered).Select(a => a.Answer)];
    }

    private async Task<(bool Answered, T Answer)> AskOneAsync<T>(SiloAddress silo, Func<ISiloGrain, CancellationToken, ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            var answer = ask(grains.GetGrain<ISiloGrain>(silo.ToParsableString()), cancellationToken).AsTask();
            return (true, await answer.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is OperationCanceledException || Unreachable.Is(exception))
        {
            return (false, default!);
        }
    }
}
