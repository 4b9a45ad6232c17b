using System.Collections.Frozen;
using System.Text.RegularExpressions;
using ITwinOrleans.Native.Errors;

namespace ITwinOrleans.Backend.Rpc;

/// <summary>The names that iTwin.js gives to error numbers (core-bentley <c>BentleyError.getErrorKey</c>).</summary>
public static partial class ErrorNames
{
    /// <summary>BentleyStatus.ERROR: a failure without a number of its own.</summary>
    public const int GeneralError = 32768;

    private const int LastNamedStatus = (int)IModelStatus.WrongModel;

    private static readonly FrozenDictionary<int, string> Irregular = new Dictionary<int, string>
    {
        [GeneralError] = "Error",
        [(int)IModelStatus.CannotUndo] = "Can not Undo",
        [(int)IModelStatus.InDynamicTransaction] = "InDynamicTransaction",
        [(int)IModelStatus.IsCreatingChangeSet] = "IsCreatingChangeSet",
        [(int)IModelStatus.NoMultiTxnOperation] = "NoMultiTxnOperation",
        [(int)IModelStatus.ReadOnly] = "ReadOnly",
        [(int)IModelStatus.ReadOnlyDomain] = "ReadOnlyDomain",
        [(int)IModelStatus.RepositoryManagerError] = "RepositoryManagerError",
        [(int)IModelStatus.SQLiteError] = "SQLiteError",
        [(int)IModelStatus.ForeignKeyConstraint] = "ForeignKey Constraint",
        [(int)IModelStatus.InvalidCodeSpec] = "Invalid CodeSpec",
        [(int)IModelStatus.WrongIModel] = "Wrong IModel",
        [(int)IModelStatus.Mismatch2d3d] = "Mismatch 2d3d",
        [(int)DbResult.BE_SQLITE_OK] = "Success",
        [(int)DbResult.BE_SQLITE_BUSY] = "Db is busy",
        [(int)DbResult.BE_SQLITE_LOCKED] = "Db is Locked",
        [(int)DbResult.BE_SQLITE_READONLY] = "Readonly",
        [(int)DbResult.BE_SQLITE_NOTFOUND] = "Not Found",
        [(int)DbResult.BE_SQLITE_CANTOPEN] = "Can't open",
        [(int)DbResult.BE_SQLITE_NOTADB] = "Not a Database",
    }.ToFrozenDictionary();

    /// <summary>The name of an error number, for example <c>Not Found</c>.</summary>
    public static string Of(int errorNumber)
    {
        if (Irregular.TryGetValue(errorNumber, out string? name))
            return name;
        if (errorNumber <= LastNamedStatus && Enum.GetName((IModelStatus)errorNumber) is { } status)
            return Words().Replace(status, " ");
        if (Enum.GetName((DbResult)errorNumber) is { } result)
            return result.StartsWith("BE_SQLITE_ERROR_", StringComparison.Ordinal) ? Words().Replace(result["BE_SQLITE_ERROR_".Length..], " ") : result;
        return $"Error ({errorNumber})";
    }

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Words();
}
