using System.Text.RegularExpressions;

namespace ITwinOrleans.Conformance.Tests;

/// <summary>A difference that is meant, from <c>differences.json</c>. <c>*</c> stands for any text.</summary>
/// <param name="Operation">The operation, without interface and version.</param>
/// <param name="Request">The request's name.</param>
/// <param name="File">The iModel's file.</param>
/// <param name="Path">The place of the difference.</param>
/// <param name="Peer">What the peer has there: a regular expression; null for anything.</param>
/// <param name="Reason">Why.</param>
/// <param name="ByDefault">
/// Of a difference in the status that only the default of <c>Rpc:ErrorStatusCodes</c> makes: the status here. The rest of the answer is the same.
/// </param>
internal sealed record KnownDifference(string Operation, string Request, string File, string Path, string? Peer, string Reason, int? ByDefault = null)
{
    /// <summary>How many differences it explained; none at the end means that it is out of date.</summary>
    public int Uses { get; private set; }

    public bool Explains(string operation, string request, string file, string path, string peer)
    {
        bool explains = ByDefault is null && Matches(Operation, operation) && Matches(Request, request) && Matches(File, file) && Matches(Path, path)
            && (Peer is null || Regex.IsMatch(peer, Peer, RegexOptions.None, TimeSpan.FromSeconds(1)));
        if (explains)
            Uses++;
        return explains;
    }

    /// <summary>The answer that is expected with the default settings, where another one answers as the peer does.</summary>
    public Answer WithDefaultStatus(Answer answer)
    {
        if (ByDefault is not { } status || !Regex.IsMatch($"{answer.Status}", Peer!, RegexOptions.None, TimeSpan.FromSeconds(1)))
            return answer;
        Uses++;
        return answer with { Status = status };
    }

    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(text, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
}
