namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>The turn of one call on an iModel; it ends when this is disposed.</summary>
/// <param name="iModel">The iModel.</param>
internal readonly struct IpcTurn(IpcIModel iModel) : IDisposable
{
    /// <summary>The iModel.</summary>
    public IpcIModel IModel => iModel;

    /// <inheritdoc/>
    public void Dispose() => iModel.Turn.Release();
}
