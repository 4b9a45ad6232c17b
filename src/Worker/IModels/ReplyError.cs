using System.Text.Json;

namespace ITwinOrleans.Worker.IModels;

/// <summary>An <c>RpcError</c> on its way out of the worker; also the details of a failed opening.</summary>
/// <param name="Name">The error's name.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="ErrorNumber">An IModelStatus, DbResult, BentleyStatus or RpcInterfaceStatus number.</param>
/// <param name="Properties">Further own properties, a JSON object, or null.</param>
public sealed record ReplyError(string Name, string Message, int ErrorNumber, JsonElement? Properties = null);
