using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ITwinOrleans.Api.Rpc;

/// <summary>A semantic version of an RPC interface and the rule which frontends a backend serves (core-common <c>RpcInterface.isVersionCompatible</c>).</summary>
internal readonly record struct InterfaceVersion(int Major, int Minor, int Patch, string Prerelease)
{
    /// <summary>Whether a frontend built with <paramref name="frontend"/> may talk to a backend of version <paramref name="backend"/>.</summary>
    public static bool IsCompatible(string backend, string frontend)
    {
        if (string.Equals(backend, frontend, StringComparison.Ordinal))
            return true;
        if (!TryParse(backend, out InterfaceVersion ours) || !TryParse(frontend, out InterfaceVersion theirs))
            return false;
        if (ours.Prerelease.Length > 0 || theirs.Prerelease.Length > 0 || ours.Major != theirs.Major)
            return false;
        if (ours.Major == 0)
            return ours.Minor == theirs.Minor && theirs.Patch < ours.Patch;
        return theirs.Minor < ours.Minor || (theirs.Minor == ours.Minor && theirs.Patch != ours.Patch);
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out InterfaceVersion version)
    {
        version = default;
        int hyphen = text.IndexOf('-');
        ReadOnlySpan<char> numbers = hyphen < 0 ? text : text.AsSpan(0, hyphen);
        Span<Range> parts = stackalloc Range[4];
        if (numbers.Split(parts, '.') != 3)
            return false;
        Span<int> values = stackalloc int[3];
        for (int i = 0; i < 3; i++)
        {
            if (!int.TryParse(numbers[parts[i]], NumberStyles.None, CultureInfo.InvariantCulture, out values[i]))
                return false;
        }

        version = new InterfaceVersion(values[0], values[1], values[2], hyphen < 0 ? "" : text[(hyphen + 1)..]);
        return true;
    }
}
