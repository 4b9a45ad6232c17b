using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Security;

/// <summary>Refuses settings that would let in more than was meant.</summary>
internal sealed class AuthenticationSettingsValidator : IValidateOptions<AuthenticationSettings>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AuthenticationSettings options)
    {
        if (!options.IsConfigured)
        {
            return options.Audience.Length == 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("Authentication:Audience is set, but Authentication:Authority is not.");
        }

        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out Uri? authority) || authority.Scheme is not ("https" or "http"))
            return ValidateOptionsResult.Fail("Authentication:Authority is no URL.");
        if (authority.Scheme == "http" && options.RequireHttpsMetadata)
            return ValidateOptionsResult.Fail("Authentication:Authority is not https; for an issuer on this machine set Authentication:RequireHttpsMetadata to false.");
        if (options.Audience.Length == 0)
            return ValidateOptionsResult.Fail("Authentication:Audience is missing: without it tokens made for other services would be good here.");
        if (options.RightsClaim.Length == 0)
            return ValidateOptionsResult.Fail("Authentication:RightsClaim is empty.");
        return options.OperatorClaim.IndexOf('=') > 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Authentication:OperatorClaim is not of the form type=value.");
    }
}
