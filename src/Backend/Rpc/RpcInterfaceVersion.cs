using System.Globalization;

namespace ITwinOrleans.Backend.Rpc;

/// <summary>Which frontends a backend may serve (core-common <c>RpcInterface.isVersionCompatible</c>).</summary>
public static class RpcInterfaceVersion
{
    /// <summary>RpcInterfaceStatus.IncompatibleVersion.</summary>
    public const int IncompatibleVersion = 135168;

    /// <summary>
    /// Whether the versions are equal, or of one major version and the frontend's minor version is not newer. A prerelease must be equal;
    /// before version 1, only the frontend's patch may be older.
    /// </summary>
    public static bool IsCompatible(string backend, string frontend)
    {
        if (backend == frontend)
            return true;
        if (Parse(backend) is not { } ours || Parse(frontend) is not { } theirs || ours.Major != theirs.Major)
            return false;
        if (ours.Major == 0)
            return ours.Minor == theirs.Minor && theirs.Patch < ours.Patch;
        return theirs.Minor < ours.Minor || (theirs.Minor == ours.Minor && theirs.Patch != ours.Patch);
    }

    // A prerelease has a hyphen, which is no part of a number.
    private static (int Major, int Minor, int Patch)? Parse(string version) =>
        version.Split('.') is [var major, var minor, var patch] && Number(major) is { } a && Number(minor) is { } b && Number(patch) is { } c
            ? (a, b, c)
            : null;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
