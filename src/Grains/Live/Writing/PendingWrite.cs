using System.Diagnostics;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Workers;

namespace ITwinOrleans.Grains.Live.Writing;

/// <summary>A write on its way: it belongs to the owner, not to its caller, and is carried out also when the caller is gone.</summary>
internal sealed class PendingWrite(LiveCall call, Func<OpenIModel, Task<WriteAnswer>> send)
{
    private readonly TaskCompletionSource<ReadOnlyMemory<byte>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The caller's span, which its attempts are part of, whoever has them start; null when nobody listens.</summary>
    public Activity? Span { get; } = Activity.Current;

    /// <summary>Who writes what.</summary>
    public LiveCall Call => call;

    /// <summary>How often its worker was lost while it was alone in it.</summary>
    public int Losses { get; set; }

    /// <summary>The answer for the caller.</summary>
    public Task<ReadOnlyMemory<byte>> Answer => _answer.Task;

    /// <summary>Has the worker carry it out (again: it has an operation id, so that it is applied once).</summary>
    public Task<WriteAnswer> SendAsync(OpenIModel open) => send(open);

    /// <summary>Tells the caller.</summary>
    public void Complete(ReadOnlyMemory<byte> json) => _answer.TrySetResult(json);
}
