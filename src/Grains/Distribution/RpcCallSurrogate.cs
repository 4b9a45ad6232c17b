using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>An <see cref="RpcCall"/> on its way to another process.</summary>
[GenerateSerializer, Immutable, Alias("ITwinOrleans.RpcCall")]
internal struct RpcCallSurrogate
{
    [Id(0)]
    public string Interface;

    [Id(1)]
    public string Version;

    [Id(2)]
    public string Operation;

    [Id(3)]
    public ReadOnlyMemory<byte> Parameters;

    [Id(4)]
    public ReadOnlyMemory<byte>[] Binaries;

    [Id(5)]
    public string ActivityId;

    [Id(6)]
    public string SessionId;

    [Id(7)]
    public string ApplicationId;

    [Id(8)]
    public string ApplicationVersion;

    public static RpcCallSurrogate From(RpcCall call) => new()
    {
        Interface = call.Interface,
        Version = call.Version,
        Operation = call.Operation,
        Parameters = call.Parameters,
        Binaries = [.. call.Binaries],
        ActivityId = call.Activity.Id,
        SessionId = call.Activity.SessionId,
        ApplicationId = call.Activity.ApplicationId,
        ApplicationVersion = call.Activity.ApplicationVersion,
    };

    public readonly RpcCall ToCall() => new()
    {
        Interface = Interface,
        Version = Version,
        Operation = Operation,
        Parameters = Parameters,
        Binaries = Binaries,
        Activity = new RpcActivity(ActivityId, SessionId, ApplicationId, ApplicationVersion),
    };
}
