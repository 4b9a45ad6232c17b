using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Security;

/// <summary>Full access without authentication; else what the token's claims give.</summary>
internal sealed class AccessResolver(IOptions<AuthenticationSettings> settings) : IAccessResolver
{
    private static readonly object Key = new();

    /// <inheritdoc/>
    public IIModelAccess Resolve(HttpContext context)
    {
        if (!settings.Value.IsConfigured)
            return FullAccess.Instance;
        if (context.Items[Key] is IIModelAccess known)
            return known;
        var access = new ClaimsAccess(context.User, settings.Value);
        context.Items[Key] = access;
        return access;
    }
}
