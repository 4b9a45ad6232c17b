using System.Diagnostics.CodeAnalysis;

namespace ITwinOrleans.Api.Rpc;

/// <summary>
/// An RPC request's target line, taken apart from its end: <c>.../context/{iTwinId}/imodel/{iModelId}/changeset/{id|0}/{Interface}-{version}-{operation}?parameters=...</c>.
/// Only the last non-empty segment is needed; empty segments elsewhere keep their places (<c>/context//imodel/...</c>).
/// </summary>
internal sealed record RpcRequestPath(string Interface, string Version, string Operation, RpcTarget Target, string EncodedParameters)
{
    private static readonly System.Buffers.SearchValues<char> ParameterCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789=+/$");

    /// <summary>Takes a raw request target (not decoded) apart.</summary>
    /// <param name="rawTarget">The request line's target, for example <c>/a/b?c=d</c>.</param>
    /// <param name="path">The parts.</param>
    /// <param name="problem">Why it is none.</param>
    public static bool TryParse(string rawTarget, [NotNullWhen(true)] out RpcRequestPath? path, [NotNullWhen(false)] out string? problem)
    {
        path = null;
        ReadOnlySpan<char> target = PathAndQuery(rawTarget);
        int questionMark = target.IndexOf('?');
        ReadOnlySpan<char> pathPart = questionMark < 0 ? target : target[..questionMark];
        string encoded = questionMark < 0 ? "" : FindParameters(target[(questionMark + 1)..]);
        if (encoded.AsSpan().ContainsAnyExcept(ParameterCharacters))
        {
            problem = "Invalid request: Malformed URL parameters detected.";
            return false;
        }

        ReadOnlySpan<char> trimmed = pathPart.TrimEnd('/');
        ReadOnlySpan<char> last = trimmed[(trimmed.LastIndexOf('/') + 1)..];
        if (last.IsEmpty)
        {
            problem = "Invalid request: the URL does not end in {interface}-{version}-{operation}.";
            return false;
        }

        // Where hyphens are missing, the interface or the operation is one that nobody has: the answer says so.
        int firstHyphen = last.IndexOf('-');
        int lastHyphen = last.LastIndexOf('-');
        string interfaceName = (firstHyphen < 0 ? last : last[..firstHyphen]).ToString();
        string version = lastHyphen == firstHyphen ? "" : last[(firstHyphen + 1)..lastHyphen].ToString();
        string operation = firstHyphen < 0 ? "" : last[(lastHyphen + 1)..].ToString();
        path = new RpcRequestPath(interfaceName, version, operation, FindTarget(trimmed), encoded);
        problem = null;
        return true;
    }

    /// <summary>Whether the target's path has a segment <c>imodel</c>: what marks a GET as an RPC request.</summary>
    public static bool NamesAnIModel(string rawTarget)
    {
        ReadOnlySpan<char> target = PathAndQuery(rawTarget);
        int questionMark = target.IndexOf('?');
        return (questionMark < 0 ? target : target[..questionMark]).Contains("/imodel/", StringComparison.Ordinal);
    }

    /// <summary>The origin form of a request target (a proxy's absolute form is cut).</summary>
    private static ReadOnlySpan<char> PathAndQuery(string rawTarget)
    {
        int scheme = rawTarget.StartsWith('/') ? -1 : rawTarget.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return rawTarget;
        int slash = rawTarget.IndexOf('/', scheme + 3);
        return slash < 0 ? "/" : rawTarget.AsSpan(slash);
    }

    private static string FindParameters(ReadOnlySpan<char> query)
    {
        foreach (Range range in query.Split('&'))
        {
            ReadOnlySpan<char> pair = query[range];
            if (pair.StartsWith("parameters=", StringComparison.Ordinal))
                return Uri.UnescapeDataString(pair["parameters=".Length..].ToString().Replace('+', ' '));
        }

        return "";
    }

    /// <summary>The ids that follow <c>context</c>, <c>imodel</c> and <c>changeset</c> (core-common <c>inflateToken</c>).</summary>
    private static RpcTarget FindTarget(ReadOnlySpan<char> path)
    {
        string iTwinId = "", iModelId = "", changesetId = "";
        MemoryExtensions.SpanSplitEnumerator<char> segments = path.Split('/');
        while (segments.MoveNext())
        {
            ReadOnlySpan<char> name = path[segments.Current];
            if (name is not ("mode" or "context" or "imodel" or "changeset") || !segments.MoveNext())
                continue;
            ReadOnlySpan<char> value = path[segments.Current];
            if (name is "context")
                iTwinId = Uri.UnescapeDataString(value.ToString());
            else if (name is "imodel")
                iModelId = Uri.UnescapeDataString(value.ToString());
            else if (name is "changeset")
                changesetId = value is "0" ? "" : Uri.UnescapeDataString(value.ToString());
        }

        return new RpcTarget(iTwinId, iModelId, changesetId);
    }
}
