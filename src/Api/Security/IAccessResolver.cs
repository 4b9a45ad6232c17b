namespace ITwinOrleans.Api.Security;

/// <summary>Finds out what the caller of a request may do.</summary>
public interface IAccessResolver
{
    /// <summary>The caller's rights.</summary>
    IIModelAccess Resolve(HttpContext context);
}
