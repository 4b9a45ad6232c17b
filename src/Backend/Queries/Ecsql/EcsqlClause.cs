using System.Collections.Frozen;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;

namespace ITwinOrleans.Backend.Queries.Ecsql;

/// <summary>Keeps the clauses that clients send in their place: a clause cannot end itself and begin another, or another statement.</summary>
/// <remarks>Within parentheses everything is allowed that ECSQL allows: a sub-query there is part of an expression.</remarks>
internal static class EcsqlClause
{
    private static readonly FrozenSet<string> SetOperators = Words("UNION", "INTERSECT", "EXCEPT");
    private static readonly FrozenSet<string> AfterFrom = Words("WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "ECSQLOPTIONS", "OPTIONS");
    private static readonly FrozenSet<string> AfterWhere = Words("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "ECSQLOPTIONS", "OPTIONS");
    private static readonly FrozenSet<string> AfterOrderBy = Words("LIMIT", "OFFSET", "ECSQLOPTIONS", "OPTIONS");

    /// <summary>Checks what follows <c>FROM</c>.</summary>
    /// <exception cref="RpcException">It would leave its place.</exception>
    public static void CheckFrom(string text, int maxLength) => Check(text, "from", AfterFrom, maxLength);

    /// <summary>Checks what follows <c>WHERE</c>.</summary>
    /// <exception cref="RpcException">It would leave its place.</exception>
    public static void CheckWhere(string text, int maxLength) => Check(text, "where", AfterWhere, maxLength);

    /// <summary>Checks what follows <c>ORDER BY</c>.</summary>
    /// <exception cref="RpcException">It would leave its place.</exception>
    public static void CheckOrderBy(string text, int maxLength) => Check(text, "orderBy", AfterOrderBy, maxLength);

    /// <summary>The error for a clause that is not accepted.</summary>
    internal static RpcException Refuse(string clause, string why) =>
        RpcException.Numbered((int)IModelStatus.BadArg, $"The parameter {clause} is not accepted: {why}");

    private static void Check(string text, string clause, FrozenSet<string> following, int maxLength)
    {
        if (text.Length > maxLength)
            throw Refuse(clause, $"it is longer than {maxLength} characters");
        int depth = 0;
        bool isMember = false;
        var tokenizer = new EcsqlTokenizer(text, clause);
        while (tokenizer.TryRead(out EcsqlToken token))
        {
            switch (token.Kind)
            {
                case EcsqlTokenKind.Open:
                    depth++;
                    break;
                case EcsqlTokenKind.Close when --depth < 0:
                    throw Refuse(clause, "a parenthesis is closed that was not opened");
                case EcsqlTokenKind.Word when depth == 0 && !isMember:
                    CheckWord(text.Substring(token.Start, token.Length), clause, following);
                    break;
            }

            // What follows a dot is a member's name, whatever it is called.
            isMember = token is { Kind: EcsqlTokenKind.Sign, Length: 1 } && text[token.Start] == '.';
        }

        if (depth > 0)
            throw Refuse(clause, "a parenthesis is not closed");
    }

    private static void CheckWord(string word, string clause, FrozenSet<string> following)
    {
        if (SetOperators.Contains(word))
            throw Refuse(clause, $"{word.ToUpperInvariant()} is allowed within parentheses only");
        if (following.Contains(word))
            throw Refuse(clause, $"{word.ToUpperInvariant()} begins another clause; write a name that is spelled so in brackets");
    }

    private static FrozenSet<string> Words(params IEnumerable<string> words) => words.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
