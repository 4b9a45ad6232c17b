using System.ComponentModel.DataAnnotations;

namespace ITwinOrleans.Api.Rpc;

/// <summary>Settings of the RPC endpoint (section <c>Rpc</c>).</summary>
public sealed class RpcOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Rpc";

    /// <summary>Which statuses errors get.</summary>
    public ErrorStatusCodes ErrorStatusCodes { get; set; } = ErrorStatusCodes.Readable;

    /// <summary>The smallest body that is compressed, in bytes: a smaller one fits into one packet with its headers anyway.</summary>
    [Range(0, int.MaxValue)]
    public int CompressionThreshold { get; set; } = 1024;

    /// <summary>Whether to compress at all.</summary>
    public bool Compression { get; set; } = true;

    /// <summary>How long an operation may take before the client gets 504 and may try again.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
