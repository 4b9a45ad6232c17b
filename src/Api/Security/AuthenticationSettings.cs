namespace ITwinOrleans.Api.Security;

/// <summary>Who may call (section <c>Authentication</c>): OpenID Connect access tokens of one issuer.</summary>
public sealed class AuthenticationSettings
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Authentication";

    /// <summary>The issuer, for example <c>https://login.example.com/</c>; its discovery document gives the signing keys.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The audience that tokens must be made for.</summary>
    public string Audience { get; set; } = "";

    /// <summary>Whether the issuer must be reached over https; switch it off only for an issuer on this machine.</summary>
    public bool RequireHttpsMetadata { get; set; } = true;

    /// <summary>
    /// The claim with rights, several of it or a JSON array: <c>{iModelId}:read</c>, <c>:write</c> or <c>:manage</c>, with <c>*</c> for every iModel.
    /// </summary>
    public string RightsClaim { get; set; } = "imodels";

    /// <summary>The claim, <c>type=value</c>, that makes an operator.</summary>
    public string OperatorClaim { get; set; } = "role=operator";

    /// <summary>Lets everybody who reaches the server do everything, on any address. For networks that are closed by other means.</summary>
    public bool AllowUnauthenticatedNetwork { get; set; }

    /// <summary>Whether tokens are asked for.</summary>
    public bool IsConfigured => Authority.Length > 0;
}
