namespace ITwinOrleans.Api.Live.Relay;

/// <summary>Runs what outlives the request that starts it, and is no part of its trace.</summary>
internal static class Detached
{
    public static Task Run(Func<Task> loop)
    {
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            return Task.Run(loop);
    }
}
