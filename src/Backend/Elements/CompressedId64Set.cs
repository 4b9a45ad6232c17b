using System.Globalization;
using System.Text;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Elements;

/// <summary>
/// Sets of ids in a short text (core-bentley <c>CompressedId64Set</c>): each part <c>+D</c> or <c>+D*N</c> adds the difference <c>D</c> to the last
/// id, <c>N</c> times; numbers are hexadecimal.
/// </summary>
public static class CompressedId64Set
{
    /// <summary>The ids of a compressed set.</summary>
    /// <param name="compressed">The text; empty for no ids.</param>
    /// <param name="limit">How many ids there may be: a short text can mean any number.</param>
    /// <exception cref="RpcException">The text is none, or means too many ids.</exception>
    public static List<string> Decompress(string compressed, int limit)
    {
        var ids = new List<string>();
        if (compressed.Length == 0)
            return ids;
        if (compressed[0] != '+')
            throw Invalid();
        ulong id = 0;
        int at = 1;
        while (at < compressed.Length)
        {
            ulong increment = ReadNumber(compressed, ref at, 16);
            if (increment == 0)
                throw Invalid();
            ulong count = 1;
            bool last = at == compressed.Length;
            char separator = last ? '+' : compressed[at++];
            if (separator == '*')
            {
                count = ReadNumber(compressed, ref at, 8);
                if (count == 0)
                    throw Invalid();
                // What follows a count without a plus sign is left unread, as iTwin.js does.
                last = at == compressed.Length || compressed[at++] != '+';
            }
            else if (separator != '+')
            {
                throw Invalid();
            }

            if (count > (ulong)(limit - ids.Count))
                throw RpcException.Numbered((int)Native.Errors.IModelStatus.BadRequest, $"The set has more than the {limit} ids that a request may name");
            for (ulong i = 0; i < count; i++)
                ids.Add(Id64.FromNumber(id += increment));
            if (last)
                break;
        }

        return ids;
    }

    /// <summary>The compressed set of ids, which need not be in order; what is no valid id is left out.</summary>
    public static string Compress(IEnumerable<string> ids) =>
        Compress(ids.Where(static id => Id64.IsValid(id)).Select(Id64.ToNumber).Distinct().Order());

    /// <summary>The compressed set of ids that are in order, each once.</summary>
    public static string Compress(IEnumerable<ulong> orderedIds)
    {
        var text = new StringBuilder();
        ulong previous = 0, increment = 0;
        long length = 0;
        foreach (ulong id in orderedIds)
        {
            ulong step = id - previous;
            previous = id;
            if (length > 0 && step == increment)
            {
                length++;
                continue;
            }

            Append(text, increment, length);
            (increment, length) = (step, 1);
        }

        Append(text, increment, length);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ulong increment, long length)
    {
        if (length > 0)
            text.Append(CultureInfo.InvariantCulture, $"+{increment:X}");
        if (length > 1)
            text.Append(CultureInfo.InvariantCulture, $"*{length:X}");
    }

    private static ulong ReadNumber(string text, ref int at, int mostDigits)
    {
        ulong value = 0;
        for (int digits = 0; digits < mostDigits && at < text.Length && char.IsAsciiHexDigitUpper(text[at]); digits++)
            value = (value << 4) | (uint)Convert.ToInt32(text[at++].ToString(), 16);
        return value;
    }

    private static RpcException Invalid() => RpcException.Plain("Invalid CompressedId64Set");
}
