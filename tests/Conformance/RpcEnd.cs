using System.Text;
using System.Text.Json.Nodes;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Conformance.Tests;

/// <summary>A server that is asked as the frontend asks: cacheable operations by GET, the rest by POST.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Port">Where it listens on loopback.</param>
internal sealed record RpcEnd(string Name, int Port)
{
    private const int LongestUrlParameters = 8192;

    /// <summary>The operations that core-common's interfaces mark as cacheable, and generateTileContent, which the frontend marks.</summary>
    private static readonly HashSet<string> Cacheable =
    [
        "getConnectionProps", "querySubCategories", "queryAllUsedSpatialSubCategories", "getModelProps", "queryModelRanges", "queryModelExtents", "getClassHierarchy",
        "getViewStateData", "getDefaultViewId", "getCustomViewState3dData", "hydrateViewState", "getGeoCoordinatesFromIModelCoordinates", "requestTileTreeProps",
        "generateTileContent", "getSchemaKeys", "getSchemaJSON",
    ];

    public async Task<Answer> SendAsync(Facts facts, string operation, JsonArray arguments)
    {
        string path = $"/t/v1.0/mode/1/context/{facts.ITwinId}/imodel/{facts.IModelId}/changeset/0/{operation}";
        string json = arguments.ToJsonString();
        string parameters = Uri.EscapeDataString(Convert.ToBase64String(Encoding.Latin1.GetBytes(json)));
        bool byGet = Cacheable.Contains(operation[(operation.LastIndexOf('-') + 1)..]) && parameters.Length <= LongestUrlParameters && json.All(c => c <= 0xff);
        RawRequest request = byGet ? RawRequest.Get($"{path}?parameters={parameters}") : RawRequest.Post(path, json);
        RawResponse response = await RawHttp.SendAsync(Port, request.With("Accept-Encoding", "br, gzip"));

        // Work that goes on is asked for again, as the frontend does.
        for (int again = 0; response.Status == 202 && again < 50; again++)
            response = await RawHttp.SendAsync(Port, request.With("Accept-Encoding", "br, gzip"));
        return Answer.Of(response);
    }
}
