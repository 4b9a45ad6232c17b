using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Live.Writing;

namespace ITwinOrleans.Grains.Owners;

/// <summary>One opening of an iModel's file. Its owner guards what changes.</summary>
/// <param name="handle">What the worker knows it by; new for each opening.</param>
/// <param name="entry">The file that was opened.</param>
/// <param name="description">What the file said when it was opened.</param>
/// <param name="connectionProps">The same as frontends get it (<c>IModelConnectionProps</c>), UTF-8 JSON; empty where it changes while it is open.</param>
/// <param name="generation">The worker's generation that opened it.</param>
/// <param name="slot">Its slot of <see cref="OpenIModelLimit"/>.</param>
/// <param name="writing">What it can be written through; null when it is open for reading.</param>
internal sealed class OpenIModel(
    string handle, CatalogEntry entry, IModelDescription description, ReadOnlyMemory<byte> connectionProps, int generation, IDisposable slot,
    WritableFile? writing = null)
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;
    private bool _retired;

    public string Handle => handle;

    public CatalogEntry Entry => entry;

    public int Generation => generation;

    public WritableFile? Writing => writing;

    /// <summary>What a frontend is told that connects; empty where only the worker knows it.</summary>
    public ReadOnlyMemory<byte> ConnectionProps => connectionProps;

    /// <summary>
    /// Only an iModel at a changeset is the same for ever. A file without one (a snapshot) may be replaced under the same ids, and a browser
    /// that kept an answer would not ask again; one that people edit changes all the time.
    /// </summary>
    public RpcFreshness Freshness => description.Changeset.Id.Length > 0 && !description.IsEditable && writing is null ? RpcFreshness.Fixed : RpcFreshness.Live;

    public IDisposable Slot => slot;

    /// <summary>The calls that use it.</summary>
    public int Calls => _calls;

    /// <summary>Completes when it is retired and the last call has ended.</summary>
    public Task Drained => _drained.Task;

    public void Enter() => _calls++;

    public void Leave()
    {
        _calls--;
        Settle();
    }

    /// <summary>No call will enter any more.</summary>
    public void Retire()
    {
        _retired = true;
        Settle();
    }

    private void Settle()
    {
        if (_retired && _calls == 0)
            _drained.TrySetResult();
    }
}
