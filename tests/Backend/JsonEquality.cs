using System.Text.Json;

namespace ITwinOrleans.Backend.Tests;

/// <summary>Whether two JSON values mean the same: numbers by value, properties in any order.</summary>
public static class JsonEquality
{
    // Mass properties add up small things; all else is exact.
    private const double Relative = 1e-12;

    public static bool AreEqual(JsonElement expected, JsonElement actual, out string path) => AreEqual(expected, actual, "$", out path);

    private static bool AreEqual(JsonElement expected, JsonElement actual, string at, out string path)
    {
        path = at;
        if (expected.ValueKind != actual.ValueKind)
            return false;
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                if (expected.GetPropertyCount() != actual.GetPropertyCount())
                    return false;
                foreach (JsonProperty property in expected.EnumerateObject())
                {
                    path = $"{at}.{property.Name}";
                    if (!actual.TryGetProperty(property.Name, out JsonElement value) || !AreEqual(property.Value, value, path, out path))
                        return false;
                }

                return true;
            case JsonValueKind.Array:
                if (expected.GetArrayLength() != actual.GetArrayLength())
                    return false;
                for (int i = 0; i < expected.GetArrayLength(); i++)
                {
                    if (!AreEqual(expected[i], actual[i], $"{at}[{i}]", out path))
                        return false;
                }

                return true;
            case JsonValueKind.Number:
                double left = expected.GetDouble(), right = actual.GetDouble();
                return left.Equals(right) || Math.Abs(left - right) <= Relative * Math.Max(Math.Abs(left), Math.Abs(right));
            case JsonValueKind.String:
                return expected.GetString() == actual.GetString();
            default:
                return true;
        }
    }
}
