namespace ITwinOrleans.Api.Rpc;

/// <summary>Which HTTP statuses errors of operations get.</summary>
public enum ErrorStatusCodes
{
    /// <summary>
    /// Only those whose body the frontend reads: 404 for what is not found, 408 and 429 (it tries again), 500 for all else. With any other it
    /// shows "Unknown server response code." instead of the error's message.
    /// </summary>
    Readable,

    /// <summary>The status of the error number's category, as core-backend answers (400, 403, 409, 422, ... lose their message in the frontend).</summary>
    ByCategory,
}
