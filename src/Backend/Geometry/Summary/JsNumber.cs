using System.Globalization;
using System.Text;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>Numbers as JavaScript writes them: summaries are texts, and must read the same.</summary>
internal static class JsNumber
{
    private const int LargestPlainExponent = 21, SmallestPlainExponent = -7;

    /// <summary>The number's text: the shortest that means it; an exponent only for what is very large or small.</summary>
    public static string Format(double value)
    {
        if (value == 0)
            return "0";
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        string shortest = Math.Abs(value).ToString("E16", CultureInfo.InvariantCulture);
        string roundTrip = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        (string digits, int exponent) = Split(roundTrip.Contains('E') || roundTrip.Contains('.') || roundTrip.Length < 17 ? roundTrip : shortest);
        return (value < 0 ? "-" : "") + Place(digits, exponent);
    }

    // The digits without leading and trailing zeros, and the exponent of ten of the point before them: 0.00123 is 123 and -2.
    private static (string Digits, int Exponent) Split(string text)
    {
        int e = text.IndexOf('E');
        int exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = e < 0 ? text : text[..e];
        int point = mantissa.IndexOf('.');
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        exponent += point < 0 ? mantissa.Length : point;
        int leading = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), exponent - leading);
    }

    // ECMA-262, Number::toString.
    private static string Place(string digits, int exponent)
    {
        int count = digits.Length;
        if (exponent > LargestPlainExponent || exponent <= SmallestPlainExponent + 1)
        {
            var text = new StringBuilder(digits[..1]);
            if (count > 1)
                text.Append('.').Append(digits, 1, count - 1);
            int power = exponent - 1;
            return text.Append('e').Append(power < 0 ? '-' : '+').Append(Math.Abs(power)).ToString();
        }

        if (exponent <= 0)
            return "0." + new string('0', -exponent) + digits;
        return exponent >= count ? digits + new string('0', exponent - count) : $"{digits[..exponent]}.{digits[exponent..]}";
    }
}
