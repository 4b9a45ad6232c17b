namespace ITwinOrleans.Backend.Live;

/// <summary>The rules of <see cref="LiveOptions"/>.</summary>
internal static class LiveOptionsValidator
{
    private const int LeastTransaction = 4096;

    /// <summary>Checks each setting by <paramref name="require"/>: whether it holds, the setting's name, the rule in words.</summary>
    public static void Validate(LiveOptions options, Action<bool, string, string> require)
    {
        require(options.MaxTransactionBytes >= LeastTransaction, nameof(options.MaxTransactionBytes), $"at least {LeastTransaction} bytes");
        require(options.MaxOperations > 0, nameof(options.MaxOperations), "greater than zero");
        require(options.MaxTransactionTime > TimeSpan.Zero, nameof(options.MaxTransactionTime), "greater than zero");
        require(options.MaxWaiting > 0, nameof(options.MaxWaiting), "greater than zero");
        require(options.KeepCommits > 0, nameof(options.KeepCommits), "greater than zero");
        require(options.KeepFor > TimeSpan.Zero, nameof(options.KeepFor), "greater than zero");
        require(options.MaxRememberedChanges >= 0, nameof(options.MaxRememberedChanges), "zero or more");
        require(options.BusyTimeout >= TimeSpan.Zero, nameof(options.BusyTimeout), "zero or more");
    }
}
