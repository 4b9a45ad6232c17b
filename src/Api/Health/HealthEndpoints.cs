using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ITwinOrleans.Api.Health;

/// <summary>What orchestrators ask: <c>/health/live</c> (restart me otherwise), <c>/health/startup</c> (wait for me), <c>/health/ready</c> (send me requests).</summary>
public static class HealthEndpoints
{
    /// <summary>The tag of checks that <c>/health/ready</c> runs.</summary>
    public const string Ready = "ready";

    /// <summary>The tag of checks that <c>/health/startup</c> runs.</summary>
    public const string Startup = "startup";

    /// <summary>Maps them; they need no token and tell nothing but names and states.</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        // A process that answers is alive, whatever it waits for.
        Map(endpoints, "/health/live", _ => false);
        Map(endpoints, "/health/startup", check => check.Tags.Contains(Startup));
        Map(endpoints, "/health/ready", check => check.Tags.Contains(Ready));
        return endpoints;
    }

    private static void Map(IEndpointRouteBuilder endpoints, string path, Func<HealthCheckRegistration, bool> predicate) =>
        endpoints.MapHealthChecks(path, new HealthCheckOptions { Predicate = predicate, ResponseWriter = WriteAsync }).AllowAnonymous();

    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("status", report.Status.ToString());
        writer.WriteStartObject("checks");
        foreach ((string name, HealthReportEntry entry) in report.Entries)
            writer.WriteString(name, entry.Status.ToString());
        writer.WriteEndObject();
        writer.WriteEndObject();
        await writer.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
