using System.Globalization;
using System.Text.Json;

namespace ITwinOrleans.Backend.DevTools;

/// <summary>Writes measured values as numbers, or as texts with their units (core-backend <c>DevToolsStatsFormatter</c>).</summary>
internal readonly struct StatsWriter(Utf8JsonWriter writer, bool withUnits)
{
    /// <summary>For what has no unit.</summary>
    public Utf8JsonWriter Writer => writer;

    /// <summary>Megabytes.</summary>
    public void Memory(string name, double value) => Write(name, Math.Round(value, 2), " MB");

    /// <summary>Percent.</summary>
    public void Percent(string name, double value) => Write(name, value, "%");

    /// <summary>Seconds.</summary>
    public void Seconds(string name, double value) => Write(name, value, " secs");

    private void Write(string name, double value, string unit)
    {
        if (withUnits)
            writer.WriteString(name, Math.Round(value).ToString("0", CultureInfo.InvariantCulture) + unit);
        else
            writer.WriteNumber(name, value);
    }
}
