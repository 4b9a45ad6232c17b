namespace ITwinOrleans.Grains.Distribution.Payloads;

/// <summary>How large replies travel between processes: the section <c>Payloads</c>. Orleans limits a message to 100 MB and answers a larger one with nothing.</summary>
public sealed class PayloadOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Payloads";

    /// <summary>The largest reply that is sent in one message, in bytes. A larger one waits in its silo and is fetched in pieces.</summary>
    public int MaxMessageBytes { get; set; } = 1024 * 1024;

    /// <summary>The size of a piece, in bytes.</summary>
    public int PieceBytes { get; set; } = 512 * 1024;

    /// <summary>The largest reply, in bytes.</summary>
    public int MaxReplyBytes { get; set; } = 512 * 1024 * 1024;

    /// <summary>How many bytes of replies a silo keeps to be fetched; further ones are refused until there is room.</summary>
    public long MaxKeptBytes { get; set; } = 1L << 30;

    /// <summary>How many bytes of fetched replies an Api holds; further ones wait.</summary>
    public long MaxFetchedBytes { get; set; } = 1L << 30;

    /// <summary>After how long without a fetch a reply is given up.</summary>
    public TimeSpan KeepTime { get; set; } = TimeSpan.FromSeconds(30);
}
