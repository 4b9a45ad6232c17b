using static System.FormattableString;

namespace ITwinOrleans.Faults.Bench;

/// <summary>What one fault did.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Silo">Whose.</param>
/// <param name="Reads">For each iModel that the silo had, after how long the first read was answered that began after the fault; null if none was.</param>
/// <param name="Edits">The same of edits and their acknowledgement.</param>
/// <param name="FailedReads">Reads of any iModel that a frontend would have shown as an error.</param>
/// <param name="Others">How many iModels of other silos were opened anew meanwhile, though none of these silos said that it moves them.</param>
/// <param name="Moved">How many iModels of other silos the balance moved meanwhile.</param>
/// <param name="Ending">How long the silo took to end, where it was told to.</param>
internal sealed record FaultResult(
    Fault Fault, string Silo, IReadOnlyList<TimeSpan?> Reads, IReadOnlyList<TimeSpan?> Edits, int FailedReads, int Others, int Moved, TimeSpan Ending)
{
    /// <summary>Median and worst, in seconds.</summary>
    public static string Text(IEnumerable<TimeSpan?> times)
    {
        double[] seconds = [.. times.Select(time => time?.TotalSeconds ?? double.PositiveInfinity).Order()];
        return seconds.Length == 0 ? "none" : Invariant($"{seconds[seconds.Length / 2]:0.00} / {seconds[^1]:0.00} ({seconds.Length})");
    }

    public override string ToString() =>
        Invariant($"{Fault} of {Silo}: reads after {Text(Reads)}, edits after {Text(Edits)}, failed reads {FailedReads}, others reopened {Others}, moved by the balance {Moved}, ending {Ending.TotalSeconds:0.0} s");
}
