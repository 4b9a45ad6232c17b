using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;

namespace ITwinOrleans.Backend.Queries.Ecsql;

/// <summary>Cuts ECSQL into tokens as its grammar does; comments and what ends a statement are refused.</summary>
/// <param name="text">The text.</param>
/// <param name="clause">What the text is, for errors: <c>where</c>.</param>
internal ref struct EcsqlTokenizer(string text, string clause)
{
    private int _at;

    /// <summary>The next token; false at the end.</summary>
    /// <exception cref="RpcException">The text is no ECSQL, or has what a clause may not have.</exception>
    public bool TryRead(out EcsqlToken token)
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
        int start = _at;
        if (start == text.Length)
        {
            token = default;
            return false;
        }

        EcsqlTokenKind kind = Read(text[start]);
        token = new EcsqlToken(kind, start, _at - start);
        return true;
    }

    private EcsqlTokenKind Read(char first)
    {
        switch (first)
        {
            case '\'':
                SkipQuoted('\'');
                return EcsqlTokenKind.Text;
            case '"':
                SkipQuoted('"');
                return EcsqlTokenKind.QuotedName;
            case '`':
                SkipQuoted('`');
                return EcsqlTokenKind.QuotedName;
            case '[':
                SkipQuoted(']');
                return EcsqlTokenKind.QuotedName;
            case '(':
                _at++;
                return EcsqlTokenKind.Open;
            case ')':
                _at++;
                return EcsqlTokenKind.Close;
            case ';':
                throw Refuse("it must not have a semicolon");
            case '-' when Next == '-':
            case '/' when Next == '*':
                throw Refuse("it must not have comments");
            case '\0':
                throw Refuse("it must not have a zero character");
            case '?':
            case ':' or '@' when IsNamePart(Next):
                _at++;
                SkipName();
                return EcsqlTokenKind.Parameter;
        }

        if (char.IsAsciiDigit(first) || (first == '.' && char.IsAsciiDigit(Next)))
        {
            SkipNumber();
            return EcsqlTokenKind.Number;
        }

        if (IsNamePart(first))
        {
            SkipName();
            return EcsqlTokenKind.Word;
        }

        _at++;
        return EcsqlTokenKind.Sign;
    }

    private readonly char Next => _at + 1 < text.Length ? text[_at + 1] : '\0';

    // A quote within is written twice.
    private void SkipQuoted(char end)
    {
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '\0')
                throw Refuse("it must not have a zero character");
            if (text[_at] != end)
                continue;
            if (Next != end)
            {
                _at++;
                return;
            }

            _at++;
        }

        throw Refuse("a quote is not closed");
    }

    private void SkipName()
    {
        while (_at < text.Length && IsNamePart(text[_at]))
            _at++;
    }

    // Also 0x1f and 1e-5: the sign belongs to the exponent.
    private void SkipNumber()
    {
        bool isHexadecimal = text[_at] == '0' && (Next is 'x' or 'X');
        while (_at < text.Length)
        {
            char c = text[_at];
            bool isExponentSign = (c is '+' or '-') && !isHexadecimal && (text[_at - 1] is 'e' or 'E');
            if (!char.IsAsciiLetterOrDigit(c) && c != '.' && !isExponentSign)
                return;
            _at++;
        }
    }

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    private readonly RpcException Refuse(string why) => EcsqlClause.Refuse(clause, why);
}
