using ITwinOrleans.Grains.Owners;
using Orleans.Runtime.Messaging;

namespace ITwinOrleans.Grains.Distribution.Loss;

/// <summary>Tells the failures of the way to a silo from those of the call itself.</summary>
internal static class Unreachable
{
    /// <summary>Whether the call failed because its silo is lost, moving, or not there yet: the same call may find another one.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        IModelBusyException busy => busy.IsMoving,
        OrleansMessageRejectionException or SiloUnavailableException or ConnectionFailedException or GatewayTooBusyException => true,
        TimeoutException => true,
        // A client that is starting or has lost every gateway, and grains that are going.
        OrleansException or ObjectDisposedException or InvalidOperationException { Source: "Orleans.Core" } => true,
        Payloads.PayloadLostException or SiloLostException => true,
        _ => false,
    };

    /// <summary>Whether the operation may have run all the same. Orleans rejects what it could not deliver; only the loss of a silo leaves it open.</summary>
    public static bool MayHaveRun(Exception exception) => exception is not (
        IModelBusyException or GatewayTooBusyException or ConnectionFailedException
        or OrleansMessageRejectionException and not SiloUnavailableException);
}
