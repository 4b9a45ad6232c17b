namespace ITwinOrleans.Worker.Protocol;

/// <summary>Why a request was not answered with a response: the flags of an Error frame.</summary>
internal enum ErrorCode : ushort
{
    /// <summary>The handler threw: the message's texts are the error's name and message, its JSON the details.</summary>
    WorkFailed,

    /// <summary>The request is larger than the limit; it was not read.</summary>
    RequestTooLarge,

    /// <summary>The work ran, and its answer is larger than the limit.</summary>
    ResponseTooLarge,

    /// <summary>The frame was whole, its body was not a message.</summary>
    Malformed,

    /// <summary>There are already as many requests in flight as were agreed.</summary>
    TooManyInFlight,

    /// <summary>The worker is not ready yet, or draining.</summary>
    Unavailable,

    /// <summary>The handler stopped because it was asked to.</summary>
    Cancelled,

    /// <summary>Handshake: the other side speaks another version.</summary>
    VersionMismatch,

    /// <summary>Handshake: the token is not the one that was given.</summary>
    Refused,
}
