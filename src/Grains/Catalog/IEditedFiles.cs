namespace ITwinOrleans.Grains.Catalog;

/// <summary>Knows of which iModels the file in the catalogue is not the newest state: it is open for writing, or the cluster's journal goes on where it ends.</summary>
public interface IEditedFiles
{
    /// <summary>Whether the iModel is one of them: its file is not to be given away, nor replaced.</summary>
    /// <exception cref="Owners.IModelBusyException">That cannot be found out now.</exception>
    Task<bool> IsEditedAsync(string key, CancellationToken cancellationToken);
}
