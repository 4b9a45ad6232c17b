using ITwinOrleans.Native.Errors;

namespace ITwinOrleans.Native.Statements;

/// <summary>What stepping a statement gives, and what may be read then.</summary>
internal static class StepResult
{
    /// <summary>True at a row, false at the end.</summary>
    /// <exception cref="DbException">Anything else.</exception>
    public static bool IsRow(double result, Func<string> details)
    {
        if (result == (int)DbResult.BE_SQLITE_ROW)
            return true;
        if (result == (int)DbResult.BE_SQLITE_DONE)
            return false;
        NativeStatus.CheckDbResult(result, "Stepping a statement", details);
        throw DbException.ForResult((DbResult)(int)result, "Stepping a statement");
    }

    public static void CheckColumn(int column, int count)
    {
        if ((uint)column >= (uint)count)
            throw new NativeUsageException($"There is no column {column}: the statement has {count}");
    }
}
