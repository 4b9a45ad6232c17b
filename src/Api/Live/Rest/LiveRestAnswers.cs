using System.Text.Json;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Api.Live.Rest;

/// <summary>Owners' answers as HTTP: the JSON is the same as over the hub, the status says what kind of refusal it is.</summary>
internal static class LiveRestAnswers
{
    private static readonly Dictionary<string, int> StatusOf = new(StringComparer.Ordinal)
    {
        [LiveRefusals.InvalidTransaction] = StatusCodes.Status400BadRequest,
        [LiveRefusals.NotWritable] = StatusCodes.Status403Forbidden,
        [LiveRefusals.OperationIdReused] = StatusCodes.Status409Conflict,
        [LiveRefusals.Conflict] = StatusCodes.Status409Conflict,
        [LiveRefusals.Locked] = StatusCodes.Status423Locked,
        [LiveRefusals.NothingToUndo] = StatusCodes.Status409Conflict,
        [LiveRefusals.NothingToRedo] = StatusCodes.Status409Conflict,
        [LiveRefusals.TooLarge] = StatusCodes.Status413PayloadTooLarge,
        [LiveRefusals.StorageFull] = StatusCodes.Status507InsufficientStorage,
        [LiveRefusals.StorageFailed] = StatusCodes.Status500InternalServerError,
        [LiveRefusals.Busy] = StatusCodes.Status503ServiceUnavailable,
        [LiveRefusals.Moved] = StatusCodes.Status503ServiceUnavailable,
        [LiveRefusals.OutcomeUnknown] = StatusCodes.Status503ServiceUnavailable,
    };

    /// <summary>The statuses of refusals.</summary>
    public static IEnumerable<int> Statuses => StatusOf.Values.Append(StatusCodes.Status422UnprocessableEntity).Distinct().Order();

    /// <summary>An owner's answer.</summary>
    public static IResult Of(HttpContext context, ReadOnlyMemory<byte> answer)
    {
        int status = answer.Span.StartsWith(LiveAnswers.RefusalStart)
            ? StatusOf.GetValueOrDefault(
                JsonSerializer.Deserialize(answer.Span, LiveJson.Default.LiveRefusalAnswer)?.Error.Name ?? "", StatusCodes.Status422UnprocessableEntity)
            : StatusCodes.Status200OK;
        context.Response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "1";
        return Results.Text(answer.Span, "application/json", status);
    }
}
