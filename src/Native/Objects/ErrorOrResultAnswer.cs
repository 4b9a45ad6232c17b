using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Objects;

/// <summary>The one call of a callback with <c>{result}</c> or <c>{error}</c>, as a task.</summary>
internal sealed class ErrorOrResultAnswer
{
    private readonly TaskCompletionSource<NativeResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _action;
    private readonly Action? _succeeded;
    private readonly Action? _ended;

    /// <param name="action">What is done, for the error's message.</param>
    /// <param name="succeeded">Called on the engine thread when there is a result.</param>
    /// <param name="ended">Called when native code no longer holds the callback, be it called or not. Must not use native objects.</param>
    public ErrorOrResultAnswer(string action, Action? succeeded = null, Action? ended = null)
    {
        _action = action;
        _succeeded = succeeded;
        _ended = ended;
        // By handle: the result is taken out of the answer without the answer becoming JSON.
        Callback = new NativeCallback(OnCall, byHandle: true, dropped: OnDropped);
    }

    public NativeCallback Callback { get; }

    public Task<NativeResult> Task => _answer.Task;

    private NativeArgument OnCall(IReadOnlyList<NativeResult> arguments)
    {
        try
        {
            NativeObject answer = arguments[0].Object ?? throw new NativeErrorException($"{_action}: the answer is no object");
            NativeResult result = NativeStatus.TakeResult(answer, _action);
            _succeeded?.Invoke();
            if (!_answer.TrySetResult(result))
                result.Dispose();
        }
        catch (Exception exception)
        {
            _answer.TrySetException(exception);
        }

        return default;
    }

    private void OnDropped()
    {
        _answer.TrySetException(new EngineException($"{_action}: the native library ended the request without an answer"));
        _ended?.Invoke();
    }
}
