namespace ITwinOrleans.Native.Errors;

/// <summary>An error of the database layer (scope <c>be-sqlite</c>); its number is a <see cref="DbResult"/>.</summary>
public sealed class DbException(string message) : NativeException(message)
{
    internal const string ErrorScope = "be-sqlite";

    /// <summary>The number as a result code; the low byte is SQLite's primary code (<see cref="PrimaryResult"/>).</summary>
    public DbResult Result => (DbResult)ErrorNumber;

    /// <summary>The primary result code, without the extension.</summary>
    public DbResult PrimaryResult => (DbResult)(ErrorNumber & 0xFF);

    /// <summary>An error for a result that a native call returned as a number instead of throwing it.</summary>
    internal static DbException ForResult(DbResult result, string action) =>
        new($"{action} failed: {result}") { ErrorNumber = (int)result, Scope = ErrorScope, Key = result.ToString() };
}
