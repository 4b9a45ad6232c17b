using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Objects;

/// <summary>The one call of a callback as a task.</summary>
internal sealed class CallbackAnswer
{
    private readonly TaskCompletionSource<NativeResult[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _method;
    private readonly Action? _ended;

    /// <param name="method">What is called, for the error's message.</param>
    /// <param name="ended">Called when native code no longer holds the callback, be it called or not. Must not use native objects.</param>
    public CallbackAnswer(string method, Action? ended = null)
    {
        _method = method;
        _ended = ended;
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

    private void OnDropped()
    {
        _answer.TrySetException(new EngineException($"The native library ended {_method} without an answer"));
        _ended?.Invoke();
    }
}
