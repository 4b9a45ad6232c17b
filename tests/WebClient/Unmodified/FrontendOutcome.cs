using System.Text.Json;

namespace ITwinOrleans.WebClient.Tests.Unmodified;

/// <summary>What an unmodified frontend got from a backend.</summary>
/// <param name="Operations">Every operation's answer, or the message with which it failed, by name.</param>
/// <param name="Picture">The default view as a PNG data URL, 640 x 480.</param>
public sealed record FrontendOutcome(IReadOnlyDictionary<string, JsonElement> Operations, string Picture);
