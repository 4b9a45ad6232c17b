using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>Refuses settings of the silo that cannot work, naming each.</summary>
internal sealed class LoopbackSiloOptionsValidator : IValidateOptions<LoopbackSiloOptions>
{
    public ValidateOptionsResult Validate(string? name, LoopbackSiloOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        if (options.SiloPort is < 0 or > 65535)
            faults.AddError("is no port.", nameof(options.SiloPort));
        if (options.GatewayPort is < 0 or > 65535)
            faults.AddError("is no port.", nameof(options.GatewayPort));
        if (options.ClusterId.Length == 0)
            faults.AddError("is empty.", nameof(options.ClusterId));
        if (options.ServiceId.Length == 0)
            faults.AddError("is empty.", nameof(options.ServiceId));
        return faults.Build();
    }
}
