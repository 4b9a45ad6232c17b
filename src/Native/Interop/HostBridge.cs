using System.Runtime.InteropServices;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Interop;

/// <summary>Starts the host and takes its calls. No exception of ours may go back into it.</summary>
internal static unsafe class HostBridge
{
    private static NativeEngine? s_engine;

    /// <summary>Loads the add-on; on the engine thread.</summary>
    public static void Start(string addonPath, NativeEngine engine)
    {
        s_engine = engine;
        var hooks = new HostHooks { Wake = &Wake, Call = &Call, Settled = &Settled, Dropped = &Dropped };
        HostValue error;
        if (HostLibrary.Start(addonPath, &hooks, &error) != 0)
            throw engine.TakeError(error);
    }

    [UnmanagedCallersOnly]
    private static void Wake() => s_engine!.RequestPump();

    [UnmanagedCallersOnly]
    private static void Settled(ulong token, HostValue* value) => s_engine!.Pending.Settle(token, value);

    [UnmanagedCallersOnly]
    private static void Dropped(ulong token) => s_engine!.Pending.Drop(token);

    [UnmanagedCallersOnly]
    private static void Call(ulong token, HostValue* values, nuint count)
    {
        NativeEngine engine = s_engine!;
        var arguments = new NativeResult[(int)count];
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = new NativeResult(values[i], engine);
        try
        {
            if (engine.Pending.FindCallback(token) is not { } callback)
                return;
            Return(engine, callback.Function(arguments));
        }
        catch (Exception exception)
        {
            ReturnError(exception);
        }
        finally
        {
            foreach (NativeResult argument in arguments)
            {
                argument.Dispose();
                // The host takes its borrowed handles back by itself.
                argument.Object?.Forget();
            }
        }
    }

    private static void Return(NativeEngine engine, NativeArgument result)
    {
        if (result.Kind == HostValueKind.Undefined)
            return;
        using var arguments = new ArgumentList(engine, [result]);
        HostLibrary.Return(arguments.Values);
    }

    private static void ReturnError(Exception exception)
    {
        byte[] json = ErrorJson.Write(exception);
        fixed (byte* data = json)
        {
            var error = new HostValue { Kind = HostValueKind.Error, Data = data, Size = (nuint)json.Length };
            HostLibrary.Return(&error);
        }
    }
}
