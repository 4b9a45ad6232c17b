using System.Text;
using ITwinOrleans.Worker.Protocol;
using ITwinOrleans.Worker.TestWorker;
using ITwinOrleans.Worker.Tests.Support;
using ITwinOrleans.Worker.Work;
using static ITwinOrleans.Worker.Tests.Support.RawFrames;

namespace ITwinOrleans.Worker.Tests.Protocol;

/// <summary>The worker's end against an owner that writes its frames by hand.</summary>
public sealed class ServingConnectionTests
{
    private static readonly ProtocolLimits Limits = new(MaxMessageBytes: 100_000, MaxInFlight: 2, EventCredits: 4, MaxEventBytes: 1000);

    [Fact]
    public async Task Request_isAnsweredUnderItsId()
    {
        using var pair = await SocketPair.CreateAsync();
        var serving = await ServeAsync(pair);
        await pair.Owner.SendAllAsync(Frame(Request, 77, Message("echo", "", "{}"u8.ToArray(), [1, 2], [])));
        var answer = await pair.Owner.ReadFrameAsync();
        Assert.Equal((Response, (ushort)0, 77ul), (answer!.Value.Kind, answer.Value.Flags, answer.Value.Id));
        Assert.Equal(Message("", "", "{}"u8.ToArray(), [1, 2], []), answer.Value.Body);
        pair.Owner.Dispose();
        Assert.False(await Wait.ForAsync(serving, "the end"));
    }

    [Fact]
    public async Task Request_inSingleBytes_isTheSame()
    {
        using var pair = await SocketPair.CreateAsync();
        await ServeAsync(pair);
        foreach (var b in Frame(Request, 1, Message("echo", "", "[1]"u8.ToArray())))
            await pair.Owner.SendAllAsync([b]);
        Assert.Equal(Message("", "", "[1]"u8.ToArray()), (await pair.Owner.ReadFrameAsync())!.Value.Body);
    }

    [Fact]
    public async Task Request_aboveTheMessageLimit_isRefusedAndTheConnectionGoesOn()
    {
        using var pair = await SocketPair.CreateAsync();
        await ServeAsync(pair);
        await pair.Owner.SendAllAsync(Frame(Request, 1, new byte[3_000_000]));
        await AssertErrorAsync(pair, 1, ErrorCode.RequestTooLarge);
        await AssertEchoAsync(pair, 2);
    }

    [Fact]
    public async Task Request_whoseBodyIsNoMessage_isRefusedAndTheConnectionGoesOn()
    {
        using var pair = await SocketPair.CreateAsync();
        await ServeAsync(pair);
        byte[][] bodies =
        [
            [], new byte[11], [.. Message("echo", "", []), 0], Message("echo", "", [1, 2])[..^1],
            [4, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0, .. "echo"u8], [0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255],
            [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 255, 255, 255, 127], [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xC3, 0x28],
        ];
        for (var i = 0; i < bodies.Length; i++)
        {
            await pair.Owner.SendAllAsync(Frame(Request, (ulong)i, bodies[i]));
            await AssertErrorAsync(pair, (ulong)i, ErrorCode.Malformed);
        }
        await AssertEchoAsync(pair, 100);
    }

    [Fact]
    public async Task Request_aboveTheNumberInFlight_isRefusedAndTheConnectionGoesOn()
    {
        using var pair = await SocketPair.CreateAsync();
        await ServeAsync(pair);
        foreach (var id in new ulong[] { 1, 2, 3 })
            await pair.Owner.SendAllAsync(Frame(Request, id, Message("wait", "", "x"u8.ToArray())));
        await AssertErrorAsync(pair, 3, ErrorCode.TooManyInFlight);
        await pair.Owner.SendAllAsync(Frame(Cancel, 1, []));
        await AssertErrorAsync(pair, 1, ErrorCode.Cancelled);
        await AssertEchoAsync(pair, 4);
    }

    [Fact]
    public async Task Error_whoseTextsAreTooLong_isShortenedAndStaysAnAnswer()
    {
        using var pair = await SocketPair.CreateAsync();
        await ServeAsync(pair);
        await pair.Owner.SendAllAsync(Frame(Request, 1, Message("fail-at-length", "", "200000"u8.ToArray())));
        var answer = await pair.Owner.ReadFrameAsync();
        Assert.Equal((Error, (ushort)ErrorCode.WorkFailed, 1ul), (answer!.Value.Kind, answer.Value.Flags, answer.Value.Id));
        Assert.Equal(Message(new string('n', 1_000), new string('m', 20_000), []), answer.Value.Body);
    }

    [Fact]
    public async Task Events_areSentOnlyForCredits()
    {
        using var pair = await SocketPair.CreateAsync();
        await ServeAsync(pair);
        await pair.Owner.SendAllAsync(Frame(Request, 1, Message("emit", "", "3"u8.ToArray())));
        Assert.Equal(Response, (await pair.Owner.ReadFrameAsync())!.Value.Kind);
        // Nothing but the pongs arrives until there is a credit.
        await pair.Owner.SendAllAsync(Frame(Ping, 5, []));
        Assert.Equal(Pong, (await pair.Owner.ReadFrameAsync())!.Value.Kind);
        Assert.Equal(Pong, (await pair.Owner.ReadFrameAsync())!.Value.Kind);
        await pair.Owner.SendAllAsync(Frame(Credit, 2, []));
        Assert.Equal(Message("tick", "", "0"u8.ToArray()), (await pair.Owner.ReadFrameAsync())!.Value.Body);
        Assert.Equal(Message("tick", "", "1"u8.ToArray()), (await pair.Owner.ReadFrameAsync())!.Value.Body);
        await AssertEchoAsync(pair, 2);
    }

    [Fact]
    public async Task Drain_answersWhatIsInFlightRefusesTheRestAndEnds()
    {
        using var pair = await SocketPair.CreateAsync();
        var serving = await ServeAsync(pair);
        await pair.Owner.SendAllAsync(Frame(Request, 1, Message("wait", "", "x"u8.ToArray())));
        await pair.Owner.SendAllAsync(Frame(Drain, 0, []));
        await pair.Owner.SendAllAsync(Frame(Request, 2, Message("echo", "", [])));
        await AssertErrorAsync(pair, 2, ErrorCode.Unavailable);
        await pair.Owner.SendAllAsync(Frame(Cancel, 1, []));
        await AssertErrorAsync(pair, 1, ErrorCode.Cancelled);
        Assert.Null(await pair.Owner.ReadFrameAsync());
        Assert.True(await Wait.ForAsync(serving, "the end"));
    }

    public static TheoryData<string, byte[]> Violations => new()
    {
        { "another version", Frame(Request, 1, [], version: 2) },
        { "an unknown kind", Frame(99, 1, []) },
        { "a frame of the worker's", Frame(Response, 1, Message("", "", [])) },
        { "a cancel with a body", Frame(Cancel, 1, [1]) },
        { "more credits than agreed", Frame(Credit, 5, []) },
        { "no credits", Frame(Credit, 0, []) },
        { "an id twice", [.. Frame(Request, 1, Message("wait", "", "x"u8.ToArray())), .. Frame(Request, 1, Message("wait", "", "x"u8.ToArray()))] },
        { "an oversized ping", Frame(Ping, 1, [], length: uint.MaxValue) },
        { "text", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task Frame_thatIsNotAllowed_endsTheConnection(string what, byte[] bytes)
    {
        Assert.NotEmpty(what);
        using var pair = await SocketPair.CreateAsync();
        var serving = await ServeAsync(pair);
        await pair.Owner.SendAllAsync(bytes);
        await Assert.ThrowsAsync<WorkerProtocolException>(() => Wait.ForAsync(serving, "the end"));
        Assert.Null(await pair.Owner.ReadFrameAsync());
    }

    [Fact]
    public async Task End_amidAFrame_endsTheConnection()
    {
        using var pair = await SocketPair.CreateAsync();
        var serving = await ServeAsync(pair);
        await pair.Owner.SendAllAsync(Frame(Request, 1, new byte[50_000])[..20_000]);
        pair.Owner.Dispose();
        Assert.False(await Wait.ForAsync(serving, "the end"));
    }

    private static async Task<Task<bool>> ServeAsync(SocketPair pair)
    {
        var serving = new ServingConnection(pair.Worker, Limits).RunAsync((events, _) => TestHandler.CreateAsync(events, []), () => { }, default);
        Assert.Equal(Ready, (await pair.Owner.ReadFrameAsync())!.Value.Kind);
        return serving;
    }

    private static async Task AssertErrorAsync(SocketPair pair, ulong id, ErrorCode code)
    {
        var answer = await pair.Owner.ReadFrameAsync();
        Assert.Equal((Error, (ushort)code, id), (answer!.Value.Kind, answer.Value.Flags, answer.Value.Id));
    }

    private static async Task AssertEchoAsync(SocketPair pair, ulong id)
    {
        await pair.Owner.SendAllAsync(Frame(Request, id, Message("echo", "", "[]"u8.ToArray())));
        var answer = await pair.Owner.ReadFrameAsync();
        Assert.Equal((Response, id), (answer!.Value.Kind, answer.Value.Id));
    }
}
