using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>A <see cref="LiveCall"/> on its way to another process.</summary>
[GenerateSerializer, Immutable, Alias("ITwinOrleans.LiveCall")]
internal struct LiveCallSurrogate
{
    [Id(0)]
    public byte Operation;

    [Id(1)]
    public string Session;

    [Id(2)]
    public string UserId;

    [Id(3)]
    public string UserName;

    [Id(4)]
    public ReadOnlyMemory<byte> Json;

    public static LiveCallSurrogate From(LiveCall call) => new()
    {
        Operation = (byte)call.Operation,
        Session = call.Session,
        UserId = call.User.Id,
        UserName = call.User.Name,
        Json = call.Json,
    };

    public readonly LiveCall ToValue() => new((LiveOperation)Operation, Session, new LiveUser(UserId, UserName), Json);
}
