using System.Security.Claims;
using System.Text.Json;

namespace ITwinOrleans.Api.Security;

/// <summary>The rights that an access token's claims give.</summary>
internal sealed class ClaimsAccess : IIModelAccess
{
    private const string EveryIModel = "*";
    private readonly Dictionary<string, IModelRight> _rights = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the claims; what is no right of the known form gives none.</summary>
    public ClaimsAccess(ClaimsPrincipal user, AuthenticationSettings settings)
    {
        foreach (Claim claim in user.FindAll(settings.RightsClaim))
        {
            foreach (string value in Values(claim.Value))
                Add(value);
        }

        string[] operatorClaim = settings.OperatorClaim.Split('=', 2);
        IsOperator = user.FindAll(operatorClaim[0]).Any(claim => Values(claim.Value).Contains(operatorClaim[1], StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public bool IsOperator { get; }

    /// <inheritdoc/>
    public bool Allows(string iModelId, IModelRight right) =>
        (_rights.TryGetValue(EveryIModel, out IModelRight everywhere) && everywhere >= right)
        || (iModelId.Length > 0 && _rights.TryGetValue(iModelId, out IModelRight here) && here >= right);

    private void Add(string value)
    {
        int colon = value.LastIndexOf(':');
        if (colon <= 0)
            return;
        IModelRight? right = value[(colon + 1)..] switch
        {
            "read" => IModelRight.Read,
            "write" => IModelRight.Write,
            "manage" => IModelRight.Manage,
            _ => null,
        };
        string iModelId = value[..colon];
        if (right is { } known && (!_rights.TryGetValue(iModelId, out IModelRight before) || before < known))
            _rights[iModelId] = known;
    }

    /// <summary>Issuers send several values as several claims, as one JSON array, or as one text with spaces.</summary>
    private static string[] Values(string value)
    {
        if (!value.StartsWith('['))
            return value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return JsonSerializer.Deserialize(value, SecurityJsonContext.Default.StringArray) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
