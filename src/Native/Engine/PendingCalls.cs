using System.Collections.Concurrent;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Interop;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native;

/// <summary>What waits for native code by a token: promises to be settled and callbacks to be called.</summary>
internal sealed class PendingCalls(NativeEngine engine)
{
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<NativeResult>> _promises = new();
    private readonly ConcurrentDictionary<ulong, NativeCallback> _callbacks = new();
    private ulong _lastToken;

    /// <summary>A token for the promise that a call may give.</summary>
    /// <remarks>It is registered before the call: a promise can settle before the call returns.</remarks>
    public ulong AddPromise(out Task<NativeResult> task)
    {
        var source = new TaskCompletionSource<NativeResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        ulong token = Interlocked.Increment(ref _lastToken);
        _promises[token] = source;
        task = source.Task;
        return token;
    }

    /// <summary>The call gave no promise.</summary>
    public void Forget(ulong token) => _promises.TryRemove(token, out _);

    public ulong AddCallback(NativeCallback callback)
    {
        ulong token = Interlocked.Increment(ref _lastToken);
        _callbacks[token] = callback;
        return token;
    }

    public unsafe void Settle(ulong token, HostValue* value)
    {
        bool known = _promises.TryRemove(token, out TaskCompletionSource<NativeResult>? source);
        if (value->Kind == HostValueKind.Error)
            source?.TrySetException(engine.TakeError(*value));
        else if (known)
            source!.TrySetResult(new NativeResult(*value, engine));
        else
            new NativeResult(*value, engine).Dispose();
    }

    public NativeCallback? FindCallback(ulong token) => _callbacks.GetValueOrDefault(token);

    public void Drop(ulong token)
    {
        if (_callbacks.TryRemove(token, out NativeCallback? callback))
            callback.Dropped?.Invoke();
    }

    /// <summary>Nothing will be settled any more.</summary>
    public void Abandon()
    {
        foreach (ulong token in _promises.Keys)
        {
            if (_promises.TryRemove(token, out TaskCompletionSource<NativeResult>? source))
                source.TrySetException(new EngineException("The engine was stopped before the native call was answered"));
        }

        foreach (ulong token in _callbacks.Keys)
            Drop(token);
    }
}
