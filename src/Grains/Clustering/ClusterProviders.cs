using ITwinOrleans.Grains.Clustering.AzureStorage;
using ITwinOrleans.Grains.Clustering.PostgreSql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Clustering;

/// <summary>The providers that <see cref="ClusterSettings.Mode"/> chooses from.</summary>
public static class ClusterProviders
{
    private static readonly Dictionary<string, IClusterProvider> Known =
        new IClusterProvider[] { new LocalClusterProvider(), new PostgreSqlClusterProvider(), new AzureStorageClusterProvider() }.ToDictionary(p => p.Mode, StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a provider, or takes the place of one.</summary>
    public static void Add(IClusterProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        lock (Known)
            Known[provider.Mode] = provider;
    }

    /// <summary>Reads the settings and finds their provider. Needed before the host is built, so this does not wait for the options' own validation.</summary>
    /// <exception cref="OptionsValidationException">The settings cannot work; the message says which and why.</exception>
    public static (ClusterSettings Settings, IClusterProvider Provider) Read(IConfiguration configuration)
    {
        var settings = configuration.GetSection(ClusterSettings.Section).Get<ClusterSettings>() ?? new ClusterSettings();
        if (new ClusterSettingsValidator().Validate(null, settings) is { Failed: true } faults)
            throw new OptionsValidationException(ClusterSettings.Section, typeof(ClusterSettings), faults.Failures);
        IClusterProvider? provider;
        string modes;
        lock (Known)
        {
            provider = Known.GetValueOrDefault(settings.Mode);
            modes = string.Join(", ", Known.Keys);
        }

        var fault = provider is null ? $"Cluster:Mode: \"{settings.Mode}\" is not one of {modes}." : provider.FaultOf(settings);
        return fault is null
            ? (settings, provider!)
            : throw new OptionsValidationException(ClusterSettings.Section, typeof(ClusterSettings), [fault]);
    }
}
