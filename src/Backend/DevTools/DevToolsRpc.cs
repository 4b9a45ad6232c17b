using System.Text.Json;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.DevTools;

/// <summary>iTwin.js's <c>DevToolsRpcInterface</c>: is the backend there, which versions, how does its process do. The token is not looked at.</summary>
[RpcInterface("DevToolsRpcInterface", "0.7.0")]
public sealed class DevToolsRpc(BackendOptions options, LogLevels levels) : RpcInterface
{
    // The iTwin.js version whose interfaces this backend offers.
    private const string ITwinJsVersion = "5.9.2";

    // core-common DevToolsStatsOptions.FormatUnits.
    private const double FormatUnits = 1;

    /// <summary>Answers true.</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> Ping(RpcRequest request) => Task.FromResult(RpcResult.Boolean(true));

    /// <summary>How the process and its machine do: (token, options). With option 1 the numbers are texts with their units.</summary>
    [RpcOperation(IsRepeatable = true, OperatorsOnly = true)]
    public async Task<RpcReply> Stats(RpcRequest request)
    {
        bool withUnits = request.Arguments.KindOf(1) == JsonTokenType.Number && JsonElement.Parse(request.Arguments[1].Span).GetDouble() == FormatUnits;
        return RpcResult.Json(await ProcessStats.ReadAsync(withUnits, request.CancellationToken).ConfigureAwait(false));
    }

    /// <summary>The versions of the application and of iTwin.js.</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> Versions(RpcRequest request)
    {
        var buffer = new Utf8Buffer(128);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("application"u8, options.ApplicationVersion);
            writer.WriteString("iTwinJs"u8, ITwinJsVersion);
            // The frontend fills it in, from describeEndpoints.
            writer.WriteStartArray("availableRpcs"u8);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Task.FromResult(RpcResult.Json(buffer));
    }

    /// <summary>Sets the level of a log category of native code: (token, category, level 0 to 4). Answers the level that it had.</summary>
    [RpcOperation(OperatorsOnly = true)]
    public async Task<RpcReply> SetLogLevel(RpcRequest request)
    {
        string category = request.Arguments.GetString(1, "loggerCategory");
        if (request.Arguments.KindOf(2) != JsonTokenType.Number)
            throw RpcException.WrongType("The parameter logLevel must be a number");
        int level = (int)JsonElement.Parse(request.Arguments[2].Span).GetDouble();
        return RpcResult.Number(await levels.SetAsync(category, level, request.CancellationToken).ConfigureAwait(false));
    }
}
