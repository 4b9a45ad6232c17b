namespace ITwinOrleans.Api.Http;

/// <summary>Which other sites' pages may call (section <c>Cors</c>).</summary>
public sealed class CorsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cors";

    /// <summary>
    /// The origins, for example <c>https://viewer.example.com</c>; <c>*</c> is every one. Unset: every one where requests are authenticated,
    /// else those of this machine (any page in the browser could otherwise read the iModels of an open server on loopback).
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];
}
