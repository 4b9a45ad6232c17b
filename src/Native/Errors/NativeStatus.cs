using System.Text.Json;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Errors;

/// <summary>The one place where what native calls return as a status becomes an exception.</summary>
/// <remarks>Three shapes exist: a plain number, <c>{status, message}</c>, and <c>{error: {status, message}}</c> or <c>{result}</c>.</remarks>
internal static class NativeStatus
{
    private const int FirstIModelStatus = 65536;

    /// <summary>Throws unless a call succeeded that returns a DbResult (some of them give an IModelStatus instead).</summary>
    public static void CheckDbResult(double result, string action, Func<string>? details = null)
    {
        if (result == (int)DbResult.BE_SQLITE_OK)
            return;
        throw ForNumber(result, DescribeFailure(action, details));
    }

    /// <summary>Throws unless a call succeeded that returns an IModelStatus.</summary>
    public static void CheckIModelStatus(double status, string action)
    {
        if (status != (int)IModelStatus.Success)
            throw ForNumber(status, action);
    }

    /// <summary>Throws unless a call succeeded that returns a BentleyStatus or a similar one: 0 is success.</summary>
    public static void CheckZero(double status, string action)
    {
        if (status != 0)
            throw new NativeErrorException($"{action} failed with status {status}") { ErrorNumber = (int)status };
    }

    /// <summary>Throws unless a <c>{status, message}</c> with a DbResult says success. Disposes the report.</summary>
    public static void CheckReport(NativeResult report, string action)
    {
        using (report)
        {
            (int status, string message) = ReadStatus(report.Utf8.Span);
            if (status != (int)DbResult.BE_SQLITE_OK)
                throw new DbException($"{action} failed: {message}") { ErrorNumber = status, Scope = DbException.ErrorScope, Key = Name(status) };
        }
    }

    /// <summary>Gives the result of an answer <c>{result}</c>, or throws its <c>{error: {status, message}}</c>.</summary>
    public static NativeResult TakeResult(NativeObject answer, string action, bool asObject = false)
    {
        using NativeResult error = answer.Get("error");
        if (!error.HasValue)
            return answer.Get("result", asObject);
        (int status, string message) = ReadStatus(error.Utf8.Span);
        throw ForNumber(status, message.Length == 0 ? action : $"{action} failed: {message}", complete: message.Length > 0);
    }

    private static NativeException ForNumber(double number, string action, bool complete = false)
    {
        int status = (int)number;
        if (status >= FirstIModelStatus || status == (int)IModelStatus.Success)
            return IModelException.ForStatus((IModelStatus)status, action, complete);
        return complete
            ? new DbException(action) { ErrorNumber = status, Scope = DbException.ErrorScope, Key = Name(status) }
            : DbException.ForResult((DbResult)status, action);
    }

    private static string Name(int status) => ((DbResult)status).ToString();

    private static string DescribeFailure(string action, Func<string>? details) =>
        details?.Invoke() is { Length: > 0 } said ? $"{action} ({said})" : action;

    private static (int Status, string Message) ReadStatus(ReadOnlySpan<byte> json)
    {
        int status = 0;
        string message = "";
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                continue;
            bool isStatus = reader.ValueTextEquals("status"u8), isMessage = reader.ValueTextEquals("message"u8);
            reader.Read();
            if (isStatus && reader.TokenType == JsonTokenType.Number)
                status = (int)reader.GetDouble();
            else if (isMessage && reader.TokenType == JsonTokenType.String)
                message = reader.GetString()!;
            else
                reader.Skip();
        }

        return (status, message);
    }
}
