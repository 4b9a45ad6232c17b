using System.Text.Json.Nodes;
using ITwinOrleans.Native.Domain;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.IModels;

/// <summary>How an iModel is opened.</summary>
public sealed record DgnDbOpenOptions
{
    /// <summary>How long the file is waited for when another process holds it. Default: 20 s for writing, none for reading.</summary>
    public TimeSpan? BusyTimeout { get; init; }

    /// <summary>Whether the schemas of the domains are upgraded (iTwin.js: <c>DomainOptions</c>).</summary>
    public DomainUpgrade? Domain { get; init; }

    /// <summary>Whether the file's profile is upgraded.</summary>
    public bool UpgradeProfile { get; init; }

    /// <summary>Whether the caller holds the schema lock.</summary>
    public bool SchemaLockHeld { get; init; }

    /// <summary>The path that names of temporary files begin with, for a file in a folder that cannot be written.</summary>
    public string? TempFileBase { get; init; }

    /// <summary>What is called when something changes, of an iModel that is opened for writing.</summary>
    public DomainHandlers Handlers { get; init; } = new();

    internal NativeJson UpgradeJson()
    {
        var json = new JsonObject();
        if (Domain is { } domain)
            json["domain"] = (int)domain;
        if (UpgradeProfile)
            json["profile"] = 1;
        if (SchemaLockHeld)
            json["schemaLockHeld"] = true;
        return json.Count == 0 ? default : json.ToJsonString();
    }

    internal NativeJson SnapshotJson() =>
        TempFileBase is null ? default : new JsonObject { ["tempFileBase"] = TempFileBase }.ToJsonString();

    internal NativeJson SqliteJson() =>
        BusyTimeout is { } timeout ? new JsonObject { ["busyTimeout"] = (int)timeout.TotalMilliseconds }.ToJsonString() : default;
}
