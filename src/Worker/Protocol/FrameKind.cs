namespace ITwinOrleans.Worker.Protocol;

/// <summary>What a frame is. "Owner" is the starting side, "worker" the started process.</summary>
internal enum FrameKind : byte
{
    /// <summary>Worker to owner: who it is; owner to worker: accepted, with the limits.</summary>
    Hello = 1,

    /// <summary>Worker to owner: its engine runs, it takes requests.</summary>
    Ready = 2,

    /// <summary>Owner to worker: a message to work on.</summary>
    Request = 3,

    /// <summary>Worker to owner: the answer to the request with the same id. Each request has exactly one Response or Error.</summary>
    Response = 4,

    /// <summary>Worker to owner: the request failed; flags hold the <see cref="ErrorCode"/>. Before Ready, either way: the handshake failed.</summary>
    Error = 5,

    /// <summary>Owner to worker: nobody waits for the request any more. It is answered nevertheless.</summary>
    Cancel = 6,

    /// <summary>Worker to owner: a message that nobody asked for; costs one credit.</summary>
    Event = 7,

    /// <summary>Owner to worker: are you there?</summary>
    Ping = 8,

    /// <summary>Worker to owner, with the ping's id: flags 0 from the protocol's loop at once, flags 1 once the engine took its turn.</summary>
    Pong = 9,

    /// <summary>Owner to worker: the id's number of further events may be sent.</summary>
    Credit = 10,

    /// <summary>Owner to worker: answer what you have, then end.</summary>
    Drain = 11,
}
