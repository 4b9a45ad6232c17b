using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Statements;

/// <summary>Which parameter of a statement: its number, from 1, or its name with its prefix.</summary>
public readonly struct SqliteParameter
{
    private readonly NativeArgument _argument;

    private SqliteParameter(NativeArgument argument) => _argument = argument;

    public static implicit operator SqliteParameter(int number) => new(number);

    public static implicit operator SqliteParameter(string name) => new(name);

    public static implicit operator NativeArgument(SqliteParameter parameter) => parameter._argument;
}
