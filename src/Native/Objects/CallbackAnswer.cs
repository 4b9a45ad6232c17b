using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Objects;

/// <summary>The one call of a callback as a task.</summary>
internal sealed class CallbackAnswer
{
    private readonly TaskCompletionSource<NativeResult[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _method;

    public CallbackAnswer(string method)
    {
        _method = method;
        Callback = new NativeCallback(OnCall, dropped: OnDropped);
    }

    public NativeCallback Callback { get; }

    public Task<NativeResult[]> Task => _answer.Task;

    private NativeArgument OnCall(IReadOnlyList<NativeResult> arguments)
    {
        // The arguments are released when this returns: take them over.
        _answer.TrySetResult([.. arguments.Select(argument => argument.TakeOver())]);
        return default;
    }

    private void OnDropped() => _answer.TrySetException(new EngineException($"The native library ended {_method} without an answer"));
}
