using System.Diagnostics.CodeAnalysis;

namespace ITwinOrleans.Grains.Catalog;

/// <summary>The rules of a file key: the file's path below the data folder, with <c>/</c>, for example <c>plants/a.bim</c>.</summary>
/// <remarks>
/// A key comes from the network, so it is checked before it touches the file system: relative, no empty, hidden, <c>.</c> or <c>..</c> segment,
/// no backslash, no control character, no colon (a key with one names an iModel by ids), and it ends in <c>.bim</c>.
/// </remarks>
public static class IModelKey
{
    /// <summary>The extension of every file in the catalogue.</summary>
    public const string Extension = ".bim";

    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 512;

    private const int MaxSegmentBytes = 200;

    /// <summary>Says whether a text may be a file key, and if not, why.</summary>
    public static bool IsValid([NotNullWhen(true)] string? key, [NotNullWhen(false)] out string? reason)
    {
        reason = key switch
        {
            null or "" => "it is empty",
            { Length: > MaxLength } => $"it is longer than {MaxLength} characters",
            _ when key.Contains('\\') || key.Contains(':') => "it contains a backslash or a colon",
            _ when key.Any(char.IsControl) => "it contains a control character",
            _ when !key.EndsWith(Extension, StringComparison.Ordinal) => $"it does not end in {Extension}",
            _ => ReasonOfSegments(key),
        };
        return reason is null;
    }

    /// <summary>Says whether a text may be a file key.</summary>
    public static bool IsValid([NotNullWhen(true)] string? key) => IsValid(key, out _);

    private static string? ReasonOfSegments(string key)
    {
        foreach (var segment in key.Split('/'))
        {
            if (segment.Length == 0)
                return "it has an empty part (it must be relative, with single slashes)";
            if (segment[0] == '.')
                return "a part of it begins with a dot";
            if (System.Text.Encoding.UTF8.GetByteCount(segment) > MaxSegmentBytes)
                return $"a part of it is longer than {MaxSegmentBytes} bytes";
            if (segment[0] == ' ' || segment[^1] == ' ')
                return "a part of it begins or ends with a space";
        }

        return null;
    }
}
