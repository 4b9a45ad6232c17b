using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Security;

/// <summary>
/// Keeps an open server on this machine: where it would listen on another address than loopback, authentication must be configured, or its
/// absence be asked for. Checked before the server listens (its settings) and once more after (its real addresses).
/// </summary>
internal sealed class BindingGuard(IServer server, IConfiguration configuration, IOptions<AuthenticationSettings> authentication) : IHostedLifecycleService
{
    /// <summary>Checks the addresses that the settings name.</summary>
    /// <exception cref="StartRefusedException">Others than this machine's programs could reach one.</exception>
    public void CheckSettings() => Check(ConfiguredAddresses());

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        CheckSettings();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Check(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> ConfiguredAddresses()
    {
        IEnumerable<string> endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "");
        IEnumerable<string> urls = Split(configuration[WebHostDefaults.ServerUrlsKey]);

        // The ports of container images mean every address.
        IEnumerable<string> ports = urls.Any()
            ? []
            : Split(configuration[WebHostDefaults.HttpPortsKey]).Concat(Split(configuration[WebHostDefaults.HttpsPortsKey])).Select(port => $"http://*:{port}");
        return endpoints.Concat(urls).Concat(ports).Where(address => address.Length > 0);
    }

    private void Check(IEnumerable<string> addresses)
    {
        AuthenticationSettings settings = authentication.Value;
        if (settings.IsConfigured || settings.AllowUnauthenticatedNetwork)
            return;
        string? open = addresses.FirstOrDefault(address => !ListenAddress.IsLocal(address));
        if (open is not null)
        {
            throw new StartRefusedException(
                $"Listening on {open} would let everybody who reaches it read and change every iModel. Either listen on http://localhost:<port>, "
                + "or configure who may: Authentication:Authority and Authentication:Audience (OpenID Connect), "
                + "or, where the network is closed by other means, set Authentication:AllowUnauthenticatedNetwork to true.");
        }
    }

    private static string[] Split(string? list) => (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
