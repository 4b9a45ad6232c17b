using ITwinOrleans.Worker.Protocol;
using ITwinOrleans.Worker.Tests.Support;
using ITwinOrleans.Worker.Work;
using static ITwinOrleans.Worker.Tests.Support.RawFrames;

namespace ITwinOrleans.Worker.Tests.Protocol;

/// <summary>The owner's end against a worker that writes its frames by hand.</summary>
public sealed class CallingConnectionTests : IAsyncLifetime
{
    private static readonly ProtocolLimits Limits = new(MaxMessageBytes: 100_000, MaxInFlight: 4, EventCredits: 2, MaxEventBytes: 1000);

    private SocketPair _pair = null!;
    private CallingConnection _connection = null!;
    private Task _reading = null!;

    public async Task InitializeAsync()
    {
        _pair = await SocketPair.CreateAsync();
        _connection = new CallingConnection(_pair.Owner, Limits, new OwnerBounds(10, 1_000_000, 1_000_000), 1, new EventQueue(2));
        _reading = _connection.RunAsync();
        Assert.Equal(Credit, (await _pair.Worker.ReadFrameAsync())!.Value.Kind);
    }

    public Task DisposeAsync()
    {
        _pair.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Answer_aboveTheMessageLimit_failsItsCallAndTheConnectionGoesOn()
    {
        var call = await CallAsync();
        await _pair.Worker.SendAllAsync(Frame(Response, 1, new byte[2_000_000]));
        var tooLarge = await Assert.ThrowsAsync<WorkerOverloadedException>(() => Wait.ForAsync(call, "the call"));
        Assert.Equal(WorkerLimit.MessageSize, tooLarge.Limit);
        Assert.True(tooLarge.MayHaveRun);

        var next = await CallAsync();
        await _pair.Worker.SendAllAsync(Frame(Response, 2, Message("", "", [1])));
        (await Wait.ForAsync(next, "the next call")).Dispose();
    }

    [Fact]
    public async Task Answer_toACancelledCall_frees_itsPlaceOnlyThen()
    {
        using var cancellation = new CancellationTokenSource();
        var calls = Enumerable.Range(0, Limits.MaxInFlight).Select(_ => _connection.CallAsync(Echo, cancellation.Token)).ToList();
        for (var i = 0; i < calls.Count; i++)
            Assert.Equal(Request, (await _pair.Worker.ReadFrameAsync())!.Value.Kind);
        await cancellation.CancelAsync();
        foreach (var call in calls)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        var waiting = _connection.CallAsync(Echo, default);
        for (var i = 0; i < calls.Count; i++)
            Assert.Equal(Cancel, (await _pair.Worker.ReadFrameAsync())!.Value.Kind);
        await _pair.Worker.SendAllAsync(Frame(Error, 2, Message("", "", []), (ushort)ErrorCode.Cancelled));
        var request = (await _pair.Worker.ReadFrameAsync())!.Value;
        Assert.Equal((Request, 5ul), (request.Kind, request.Id));
        await _pair.Worker.SendAllAsync(Frame(Response, 5, Message("", "", [])));
        (await Wait.ForAsync(waiting, "the waiting call")).Dispose();
    }

    [Fact]
    public async Task Abandon_withCallsInAllStages_saysWhichMayHaveRun()
    {
        var sent = await CallAsync();
        var alsoSent = await CallAsync();
        // How much of these fits the socket is the system's business; the last call has no place in flight.
        var behind = Enumerable.Range(0, 2).Select(_ => _connection.CallAsync(new WorkRequest { Operation = "echo", Json = new byte[99_000] }, default)).ToList();
        var waiting = _connection.CallAsync(Echo, default);
        _connection.Abandon(mayHaveRun => new WorkerLostException(WorkerLossReason.Died, mayHaveRun, "gone", 1));

        Assert.True((await Assert.ThrowsAsync<WorkerLostException>(() => sent)).MayHaveRun);
        Assert.True((await Assert.ThrowsAsync<WorkerLostException>(() => alsoSent)).MayHaveRun);
        foreach (var call in behind)
            await Assert.ThrowsAsync<WorkerLostException>(() => call);
        Assert.False((await Assert.ThrowsAsync<WorkerLostException>(() => waiting)).MayHaveRun);
        Assert.False((await Assert.ThrowsAsync<WorkerLostException>(() => _connection.CallAsync(Echo, default))).MayHaveRun);
    }

    public static TheoryData<string, byte[]> Violations => new()
    {
        { "an answer to nothing", Frame(Response, 9, Message("", "", [])) },
        { "an answer that is no message", Frame(Response, 1, [1, 2, 3]) },
        { "an oversized answer to nothing", Frame(Response, 9, [], length: 1_000_000) },
        { "an unknown kind", Frame(200, 1, []) },
        { "an owner's frame", Frame(Drain, 0, []) },
        { "another version", Frame(Ready, 0, [], version: 3) },
        { "a pong for a ping that was not sent", Frame(Pong, 1, []) },
        { "an event that is too large", Frame(Event, 0, Message("x", "", new byte[2000])) },
        { "events without credit", [.. Frame(Event, 0, Message("x", "", [])), .. Frame(Event, 0, Message("x", "", [])), .. Frame(Event, 0, Message("x", "", []))] },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task Frame_thatIsNotAllowed_endsTheConnection(string what, byte[] bytes)
    {
        Assert.NotEmpty(what);
        var call = await CallAsync();
        await _pair.Worker.SendAllAsync(bytes);
        await Assert.ThrowsAsync<WorkerProtocolException>(() => Wait.ForAsync(_reading, "the end"));
        _connection.Abandon(mayHaveRun => new WorkerLostException(WorkerLossReason.ProtocolBroken, mayHaveRun, "broken", 1));
        await Assert.ThrowsAsync<WorkerLostException>(() => call);
    }

    private static WorkRequest Echo => new() { Operation = "echo" };

    private async Task<Task<WorkResponse>> CallAsync()
    {
        var call = _connection.CallAsync(Echo, default);
        Assert.Equal(Request, (await _pair.Worker.ReadFrameAsync())!.Value.Kind);
        return call;
    }
}
