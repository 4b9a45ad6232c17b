namespace ITwinOrleans.Worker.Tests.Support;

/// <summary>Waits with a limit that says what it waited for.</summary>
internal static class Wait
{
    // Generous: tests share the machine. What is to be fast is printed, not asserted.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<T> ForAsync<T>(Task<T> task, string what)
    {
        await ForAsync((Task)task, what);
        return await task;
    }

    public static async Task ForAsync(Task task, string what)
    {
        if (await Task.WhenAny(task, Task.Delay(Limit)) != task)
            throw new TimeoutException($"Waited {Limit.TotalSeconds} s for {what}.");
        await task;
    }
}
