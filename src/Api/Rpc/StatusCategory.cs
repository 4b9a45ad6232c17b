using System.Collections.Frozen;

namespace ITwinOrleans.Api.Rpc;

/// <summary>
/// The HTTP status that belongs to an error number (core-bentley <c>StatusCategory</c>): IModelStatus from 65536, RepositoryStatus from
/// 86016, ChangeSetStatus from 90112, IModelHubStatus from 102400, BriefcaseStatus from 131072, RpcInterfaceStatus from 135168,
/// GeoServiceStatus from 147456. What is not in the table is 500.
/// </summary>
internal static class StatusCategory
{
    private static readonly FrozenDictionary<int, int> Codes = Build();

    /// <summary>The status code of an error number.</summary>
    public static int CodeOf(int errorNumber) => Codes.GetValueOrDefault(errorNumber, StatusCodes.Status500InternalServerError);

    private static FrozenDictionary<int, int> Build()
    {
        var codes = new Dictionary<int, int>();

        // Success; geo service pending.
        Add(codes, StatusCodes.Status200OK, 0);
        Add(codes, StatusCodes.Status202Accepted, 147462);

        // No geometry, nothing to redo, undo or merge, no content.
        Add(codes, StatusCodes.Status204NoContent, 65570, 65578, 65579, 65604, 90126);

        // Bad arguments, wrong kinds, failed validation, aborted.
        Add(codes, StatusCodes.Status400BadRequest,
            65539, 65540, 65541, 65542, 65543, 65556, 65557, 65558, 65559, 65560, 65565, 65566, 65567, 65568, 65569, 65577, 65587, 65590,
            65595, 65596, 65597, 65598, 65599, 65600, 65602, 65608, 90128, 90130, 90132, 90134, 90135, 90136, 90137, 102402, 102403, 102406,
            102435, 102657, 102658, 102659, 131080, 147457, 147458);

        // Prohibited, read-only, lock not held, constraint violated, permission missing, version not compatible.
        Add(codes, StatusCodes.Status403Forbidden,
            65546, 65549, 65553, 65564, 65576, 65580, 65582, 65583, 65591, 65592, 65601, 86029, 86031, 102404, 102405, 102408, 135168);

        // File, element, model, view, briefcase, changeset, lock, code, iTwin or checkpoint not found.
        Add(codes, StatusCodes.Status404NotFound,
            65551, 65574, 65593, 90116, 102407, 102411, 102424, 102425, 102427, 102431, 102432, 102433, 102447, 102449, 102451, 102662, 131077);

        // Timeouts.
        Add(codes, StatusCodes.Status408RequestTimeout, 65603, 102663);

        // Duplicates, locked by somebody else.
        Add(codes, StatusCodes.Status409Conflict,
            65547, 65548, 65550, 65554, 65561, 86018, 86026, 86030, 90133, 102410, 102419, 102420, 102421, 102422, 102423, 102426, 102428,
            102430, 102438, 102439, 102441, 102450);

        // Download cancelled; not enabled, not supported; throttled; not registered, function not found.
        Add(codes, StatusCodes.Status410Gone, 131079);
        Add(codes, StatusCodes.Status422UnprocessableEntity, 65573, 90114, 102660);
        Add(codes, StatusCodes.Status429TooManyRequests, 102417, 102418);
        Add(codes, StatusCodes.Status501NotImplemented, 65605, 65606, 102661);
        return codes.ToFrozenDictionary();
    }

    private static void Add(Dictionary<int, int> codes, int code, params ReadOnlySpan<int> errorNumbers)
    {
        foreach (int number in errorNumbers)
            codes.Add(number, code);
    }
}
