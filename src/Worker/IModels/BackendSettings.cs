using System.Text.Json;
using ITwinOrleans.Backend;

namespace ITwinOrleans.Worker.IModels;

/// <summary>Hands the silo's backend settings to its worker processes, in an environment variable.</summary>
public static class BackendSettings
{
    /// <summary>The variable: <see cref="BackendOptions"/> as JSON.</summary>
    public const string Variable = "ITWIN_BACKEND_OPTIONS";

    /// <summary>The settings as the variable's value.</summary>
    public static string Write(BackendOptions options) => JsonSerializer.Serialize(options, IModelWorkJson.Default.BackendOptions);

    /// <summary>This process's settings; the defaults without the variable.</summary>
    /// <exception cref="JsonException">The variable cannot be read.</exception>
    public static BackendOptions Read() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } json
            ? JsonSerializer.Deserialize(json, IModelWorkJson.Default.BackendOptions) ?? new BackendOptions()
            : new BackendOptions();
}
