namespace ITwinOrleans.Api.Security;

/// <summary>The rights of one caller.</summary>
public interface IIModelAccess
{
    /// <summary>Whether the caller has the right to the iModel; an empty id asks about iModels that are not there yet.</summary>
    bool Allows(string iModelId, IModelRight right);

    /// <summary>Whether the caller may see and set what concerns the whole server (statistics, log levels).</summary>
    bool IsOperator { get; }
}
