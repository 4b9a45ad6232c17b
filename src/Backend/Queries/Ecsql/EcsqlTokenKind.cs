namespace ITwinOrleans.Backend.Queries.Ecsql;

/// <summary>What a piece of ECSQL text is, as far as it matters for keeping a clause in its place.</summary>
internal enum EcsqlTokenKind
{
    /// <summary>A bare word: a keyword or a name.</summary>
    Word,

    /// <summary>A name in brackets or double quotes: never a keyword.</summary>
    QuotedName,

    /// <summary>A text in single quotes.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A parameter: <c>?</c>, <c>:name</c>, <c>@name</c> or <c>$name</c>.</summary>
    Parameter,

    /// <summary>An opening parenthesis.</summary>
    Open,

    /// <summary>A closing parenthesis.</summary>
    Close,

    /// <summary>An operator or any other sign.</summary>
    Sign,
}
