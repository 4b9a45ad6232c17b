namespace ITwinOrleans.Api.Security;

/// <summary>Every right to everything: whoever reaches a server without authentication.</summary>
public sealed class FullAccess : IIModelAccess
{
    private FullAccess()
    {
    }

    /// <summary>The only one.</summary>
    public static FullAccess Instance { get; } = new();

    /// <inheritdoc/>
    public bool IsOperator => true;

    /// <inheritdoc/>
    public bool Allows(string iModelId, IModelRight right) => true;
}
