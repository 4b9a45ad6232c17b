namespace ITwinOrleans.Api.Live.Hub;

/// <summary>Which iModel a client opens, and as whom.</summary>
/// <param name="Key">The iModel's key; without it the ids say which.</param>
/// <param name="ITwinId">The iTwin's id.</param>
/// <param name="IModelId">The iModel's id.</param>
/// <param name="Person">How others see the client.</param>
public sealed record OpenArguments(string? Key = null, string? ITwinId = null, string? IModelId = null, PersonArguments? Person = null);
