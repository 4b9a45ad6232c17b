using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Grains.Owners;

/// <summary>The replies that an owner gives in the place of an operation.</summary>
internal static class Replies
{
    // iTwin.js BentleyStatus.ERROR: what a frontend gets for an error without a number of its own.
    private const int GeneralError = 32768;

    /// <summary>The name of <see cref="NoRoom"/>'s error.</summary>
    public const string NoRoomName = "NoRoomForAnswer";

    /// <summary>There is no such iModel: the frontend opens it again, or tells its user.</summary>
    public static RpcReply NotFound()
    {
        var notFound = RpcException.IModelNotFound();
        return new RpcReply { Status = notFound.Status, Error = notFound.Error };
    }

    /// <summary>The file is there but is not an iModel that can be opened.</summary>
    public static RpcReply CannotOpen(string reason, int errorNumber) =>
        Rejected("CannotOpen", $"The iModel cannot be opened: {reason}", errorNumber == 0 ? GeneralError : errorNumber);

    /// <summary>The call took too long.</summary>
    public static RpcReply TimedOut(TimeSpan limit) => Rejected("Timeout", $"The request took longer than the {limit.TotalSeconds:0.#} s that it may take.");

    /// <summary>The worker was lost while it ran what may not be repeated.</summary>
    public static RpcReply OutcomeUnknown() =>
        Rejected("OutcomeUnknown", "The process that ran the request ended before it answered. Whether the request was carried out is not known.");

    /// <summary>The worker was lost again and again.</summary>
    public static RpcReply Lost(int attempts) =>
        Rejected("WorkerLost", $"The process that ran the request ended before it answered, {attempts} times.");

    /// <summary>The operation broke in a way that nobody foresaw; the log says how.</summary>
    public static RpcReply Broken() => Rejected("InternalError", "The request failed inside the server.");

    /// <summary>The answer was there, but the silo has no room to keep it until it is fetched.</summary>
    public static RpcReply NoRoom() => Rejected(NoRoomName, "The answer is large, and there are too many of that kind at this moment.");

    /// <summary>The silo that had the iModel was lost, or is not there yet, for longer than a caller is kept waiting: the frontend asks again.</summary>
    public static RpcReply Pending() => new() { Status = RpcStatus.Pending };

    /// <summary>Any other refusal.</summary>
    public static RpcReply Rejected(string name, string message, int errorNumber = GeneralError) => new()
    {
        Status = RpcStatus.Rejected,
        Error = new RpcError(name, message, errorNumber),
    };
}
