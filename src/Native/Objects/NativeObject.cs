using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Interop;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Objects;

/// <summary>
/// An object of the native library, held until it is disposed. Used on the engine thread; may be disposed on any. The typed wrappers
/// derive from it; its own methods are the general way to call whatever they lack.
/// </summary>
public unsafe class NativeObject : IDisposable
{
    private ulong _handle;

    internal NativeObject(NativeEngine engine, ulong handle)
    {
        Engine = engine;
        _handle = handle;
    }

    /// <summary>Makes an object from JSON, or an empty one.</summary>
    internal static NativeObject Create(NativeEngine engine, NativeJson json = default)
    {
        engine.EnsureOnEngineThread();
        using var list = new ArgumentList(engine, [json]);
        HostValue result;
        HostLibrary.Create(list.Values, &result);
        if (result.Kind == HostValueKind.Error)
            throw engine.TakeError(result);
        return new NativeResult(result, engine).Object ?? throw new NativeUsageException("The JSON is no object");
    }

    /// <summary>Takes over the native object that another wrapper holds.</summary>
    protected NativeObject(NativeObject other)
        : this(other.Engine, other.Handle) => other.Forget();

    ~NativeObject() => ReleaseHandle();

    /// <summary>The engine that the object belongs to.</summary>
    public NativeEngine Engine { get; }

    /// <summary>Whether the object was disposed.</summary>
    public bool IsDisposed => Volatile.Read(ref _handle) == 0;

    internal ulong Handle
    {
        get
        {
            ulong handle = Volatile.Read(ref _handle);
            return handle != 0 ? handle : throw new NativeUsageException($"The {GetType().Name} was disposed");
        }
    }

    /// <summary>Calls a method and gives what it returns. A promise must be called by <see cref="CallAsync"/>.</summary>
    /// <exception cref="NativeException">What the native code threw.</exception>
    public NativeResult Call(string method, params ReadOnlySpan<NativeArgument> arguments) => Invoke(method, 0, 0, arguments, out _);

    /// <summary>Calls a method and gives the plain object that it returns as an object to look into or to change, not as JSON.</summary>
    public NativeObject CallForObject(string method, params ReadOnlySpan<NativeArgument> arguments) =>
        Invoke(method, HostLibrary.WantHandle, 0, arguments, out _).Object
        ?? throw new NativeErrorException($"{method} gave no object");

    /// <summary>Calls a method that gives a promise, and gives what that is settled with.</summary>
    /// <exception cref="NativeException">What the native code threw or rejected the promise with.</exception>
    public Task<NativeResult> CallAsync(string method, params ReadOnlySpan<NativeArgument> arguments)
    {
        ulong token = Engine.Pending.AddPromise(out Task<NativeResult> settled);
        bool pending = false;
        try
        {
            NativeResult result = Invoke(method, 0, token, arguments, out pending);
            return pending ? settled : Task.FromResult(result);
        }
        finally
        {
            if (!pending)
                Engine.Pending.Forget(token);
        }
    }

    /// <summary>Calls a method whose last parameter is a function that it calls once with the result (the first argument).</summary>
    /// <exception cref="EngineException">Native code dropped the function without calling it.</exception>
    public Task<NativeResult[]> CallBackAsync(string method, params ReadOnlySpan<NativeArgument> arguments) => CallBackAsync(method, null, arguments);

    /// <param name="method">The method.</param>
    /// <param name="ended">Called on the engine thread when native code is done with the function.</param>
    /// <param name="arguments">The arguments before the function.</param>
    /// <inheritdoc cref="CallBackAsync(string, ReadOnlySpan{NativeArgument})"/>
    internal Task<NativeResult[]> CallBackAsync(string method, Action? ended, params ReadOnlySpan<NativeArgument> arguments)
    {
        var answered = new CallbackAnswer(method, ended);
        Invoke(method, 0, 0, [.. arguments, NativeArgument.Callback(answered.Callback)], out _).Dispose();
        return answered.Task;
    }

    /// <summary>Calls a method and gives the text that it returns.</summary>
    public string CallText(string method, params ReadOnlySpan<NativeArgument> arguments)
    {
        using NativeResult result = Call(method, arguments);
        return result.Kind is NativeResultKind.String ? result.GetText() : throw Unexpected(method, "a string", result);
    }

    /// <summary>Calls a method and gives the number that it returns.</summary>
    public double CallNumber(string method, params ReadOnlySpan<NativeArgument> arguments)
    {
        using NativeResult result = Call(method, arguments);
        return result.Kind is NativeResultKind.Number ? result.Number : throw Unexpected(method, "a number", result);
    }

    /// <summary>Calls a method that returns a status, or nothing since it throws its errors: then the status is 0, success.</summary>
    internal double CallStatus(string method, params ReadOnlySpan<NativeArgument> arguments)
    {
        using NativeResult result = Call(method, arguments);
        if (result.Kind is NativeResultKind.Undefined)
            return 0;
        return result.Kind is NativeResultKind.Number ? result.Number : throw Unexpected(method, "a status", result);
    }

    /// <summary>Calls a method and gives the boolean that it returns.</summary>
    public bool CallBoolean(string method, params ReadOnlySpan<NativeArgument> arguments)
    {
        using NativeResult result = Call(method, arguments);
        return result.Kind is NativeResultKind.Boolean ? result.Boolean : throw Unexpected(method, "a boolean", result);
    }

    /// <summary>Calls a method for what it does.</summary>
    public void Invoke(string method, params ReadOnlySpan<NativeArgument> arguments)
    {
        using NativeResult result = Call(method, arguments);
        result.Object?.Dispose();
    }

    /// <summary>Makes an instance of the class that is a property of this object.</summary>
    public NativeObject Construct(string className, params ReadOnlySpan<NativeArgument> arguments)
    {
        Engine.EnsureOnEngineThread();
        using var list = new ArgumentList(Engine, arguments);
        using var name = new Utf8Name(className);
        HostValue result;
        HostLibrary.Construct(Handle, name.Data, name.Size, list.Values, list.Count, &result);
        return Take(result).Object ?? throw new NativeErrorException($"{className} gave no object");
    }

    /// <summary>Reads a property.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="asObject">Whether a plain object is given as an object to look into or to change, not as JSON.</param>
    public NativeResult Get(string name, bool asObject = false)
    {
        Engine.EnsureOnEngineThread();
        using var utf8 = new Utf8Name(name);
        HostValue result;
        HostLibrary.Get(Handle, utf8.Data, utf8.Size, asObject ? HostLibrary.WantHandle : 0, 0, &result);
        return Take(result);
    }

    /// <summary>Reads a property that is a promise, and gives what that is settled with.</summary>
    public Task<NativeResult> GetAsync(string name)
    {
        Engine.EnsureOnEngineThread();
        ulong token = Engine.Pending.AddPromise(out Task<NativeResult> settled);
        using var utf8 = new Utf8Name(name);
        HostValue result;
        HostLibrary.Get(Handle, utf8.Data, utf8.Size, 0, token, &result);
        if (result.Kind == HostValueKind.Pending)
            return settled;
        Engine.Pending.Forget(token);
        return Task.FromResult(Take(result));
    }

    /// <summary>Sets a property.</summary>
    public void Set(string name, NativeArgument value)
    {
        Engine.EnsureOnEngineThread();
        using var list = new ArgumentList(Engine, [value]);
        using var utf8 = new Utf8Name(name);
        HostValue result;
        HostLibrary.Set(Handle, utf8.Data, utf8.Size, list.Values, &result);
        Take(result);
    }

    /// <summary>The object as JSON.</summary>
    public NativeResult ToJson()
    {
        Engine.EnsureOnEngineThread();
        HostValue result;
        HostLibrary.ToJson(Handle, &result);
        return Take(result);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the native object; what belongs to it is released before.</summary>
    protected virtual void Dispose(bool disposing) => ReleaseHandle();

    /// <summary>The handle is somebody else's now, or the host took it back.</summary>
    internal void Forget()
    {
        Volatile.Write(ref _handle, 0);
        GC.SuppressFinalize(this);
    }

    /// <summary>Moves the native object to a plain wrapper, for who is about to be collected.</summary>
    internal NativeObject Detach()
    {
        var successor = new NativeObject(Engine, Handle);
        Forget();
        return successor;
    }

    /// <summary>Gives the handle back to the host, and does nothing else. Once; from any thread.</summary>
    internal void ReleaseHandle()
    {
        ulong handle = Interlocked.Exchange(ref _handle, 0);
        if (handle == 0 || handle == HostLibrary.Exports)
            return;
        if (Engine.IsOnEngineThread)
            HostLibrary.ReleaseHandle(handle);
        else
            Engine.Enqueue(() => HostLibrary.ReleaseHandle(handle), static _ => { });
    }

    private NativeResult Invoke(string method, uint flags, ulong token, ReadOnlySpan<NativeArgument> arguments, out bool pending)
    {
        Engine.EnsureOnEngineThread();
        using var list = new ArgumentList(Engine, arguments);
        using var name = new Utf8Name(method);
        HostValue result;
        HostLibrary.Call(Handle, name.Data, name.Size, list.Values, list.Count, flags, token, &result);
        pending = result.Kind == HostValueKind.Pending;
        return Take(result);
    }

    /// <summary>The result, or the error thrown.</summary>
    private protected NativeResult Take(in HostValue value) =>
        value.Kind == HostValueKind.Error ? throw Engine.TakeError(value) : new NativeResult(value, Engine);

    private static NativeErrorException Unexpected(string method, string expected, NativeResult result) =>
        new($"{method} gave {result.Kind} where {expected} was expected");
}
