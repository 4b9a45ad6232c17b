using System.Security.Claims;

namespace ITwinOrleans.Api.Security;

/// <summary>Who counts as one client for the limits: the signed-in subject, else the address.</summary>
internal static class ClientKey
{
    /// <summary>The key of a request's client.</summary>
    public static string Of(HttpContext context) =>
        context.User.FindFirstValue("sub") ?? context.User.FindFirstValue(ClaimTypes.NameIdentifier)
        ?? context.Connection.RemoteIpAddress?.ToString() ?? "";
}
