using System.Globalization;

namespace ITwinOrleans.Backend.Elements;

/// <summary>Ids of entities as iTwin.js writes them (core-bentley <c>Id64</c>): <c>0x</c> and lower-case hexadecimal digits; <c>0</c> is none.</summary>
internal static class Id64
{
    /// <summary>The id that means none.</summary>
    public const string Invalid = "0";

    private const int LocalDigits = 10, MostDigits = 16;
    private const ulong LocalMask = 0xFF_FFFF_FFFF;

    /// <summary>Whether a text is an id, be it the one that means none.</summary>
    public static bool IsWellFormed(string text)
    {
        if (text == Invalid)
            return true;
        if (text.Length < 3 || text.Length > 2 + MostDigits || !text.StartsWith("0x", StringComparison.Ordinal) || text[2] == '0')
            return false;
        if (!text.AsSpan(2).ContainsAnyExcept("0123456789abcdef"))
            return text.Length <= 2 + LocalDigits || text.AsSpan(text.Length - LocalDigits).ContainsAnyExcept('0');
        return false;
    }

    /// <summary>Whether a text is the id of something.</summary>
    public static bool IsValid(string? text) => text is not null && text != Invalid && IsWellFormed(text);

    /// <summary>The id of a number; an id without a local part is none.</summary>
    public static string FromNumber(ulong value) =>
        (value & LocalMask) == 0 ? Invalid : string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");

    /// <summary>The number of an id; 0 for what is none.</summary>
    public static ulong ToNumber(string text) =>
        IsWellFormed(text) && text != Invalid ? ulong.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : 0;
}
