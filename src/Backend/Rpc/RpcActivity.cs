namespace ITwinOrleans.Backend.Rpc;

/// <summary>The frontend activity that a request belongs to (iTwin.js <c>RpcActivity</c>, from the <c>X-*</c> request headers).</summary>
/// <param name="Id">The correlation id: a GUID chosen by the frontend, carried through every layer's logs.</param>
/// <param name="SessionId">The frontend's session: a GUID, or empty when the client sent none.</param>
/// <param name="ApplicationId">The frontend application's id, or empty.</param>
/// <param name="ApplicationVersion">The frontend application's version, or empty.</param>
public sealed record RpcActivity(string Id, string SessionId = "", string ApplicationId = "", string ApplicationVersion = "");
