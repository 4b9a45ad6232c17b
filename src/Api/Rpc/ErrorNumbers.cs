namespace ITwinOrleans.Api.Rpc;

/// <summary>The error numbers (and their names) that the edge itself answers with.</summary>
internal static class ErrorNumbers
{
    /// <summary>BentleyStatus.ERROR.</summary>
    public const int Error = 32768;

    /// <summary>IModelStatus.NoContent.</summary>
    public const int NoContent = 65604;

    /// <summary>IModelHubStatus.UserDoesNotHavePermission.</summary>
    public const int UserDoesNotHavePermission = 102404;

    /// <summary>RpcInterfaceStatus.IncompatibleVersion.</summary>
    public const int IncompatibleVersion = 135168;
}
