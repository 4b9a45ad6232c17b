using System.Security.Claims;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Api.Live.Hub;

/// <summary>Who a caller is: the signed-in subject, or where nobody signs in whoever the client says.</summary>
internal static class LiveUsers
{
    private const int Longest = 128;

    /// <summary>The user of a session.</summary>
    /// <param name="principal">The request's principal.</param>
    /// <param name="person">What the client says.</param>
    /// <param name="session">The session, which stands for a user that nobody names.</param>
    public static LiveUser Of(ClaimsPrincipal? principal, PersonArguments? person, string session)
    {
        if (principal?.Identity is { IsAuthenticated: true })
        {
            string id = principal.FindFirstValue("sub") ?? principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? session;
            string? name = principal.FindFirstValue("name") ?? principal.FindFirstValue("preferred_username") ?? principal.FindFirstValue("email");
            return new LiveUser(Cut(id), Cut(name ?? id));
        }

        return new LiveUser(Cut(Known(person?.Id) ?? session), Cut(Known(person?.Name) ?? "Somebody"));
    }

    private static string? Known(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest];
}
