using static System.FormattableString;

namespace ITwinOrleans.Serve.Bench.Load;

/// <summary>The operations whose rates are measured.</summary>
internal static class RpcOperations
{
    /// <summary>An element of every file of the peer's generator.</summary>
    private const string OneElement = "SELECT ECInstanceId, UserLabel, CodeValue FROM bis.Element WHERE ECInstanceId=0x1";

    private const string ManyElements =
        "SELECT ECInstanceId, ECClassId, Model, Category, UserLabel, FederationGuid, Origin, Yaw, JsonProperties FROM bis.GeometricElement3d";

    public static IReadOnlyList<string> Names { get; } = ["getConnectionProps", "queryRows, 1 row", "queryRows, 1000 rows"];

    /// <summary>The request of an operation by its name.</summary>
    public static byte[] Request(string name, RpcRequests requests) => name switch
    {
        "getConnectionProps" => requests.Get("IModelReadRpcInterface-3.7.0-getConnectionProps"),
        "queryRows, 1 row" => requests.Post("IModelReadRpcInterface-3.7.0-queryRows", Query(OneElement, 1)),
        "queryRows, 1000 rows" => requests.Post("IModelReadRpcInterface-3.7.0-queryRows", Query(ManyElements, 1000)),
        _ => throw new ArgumentException("No such operation: " + name, nameof(name)),
    };

    /// <summary>The least ratio of requests per second that is asked for.</summary>
    public static double Goal(string name) => name == "getConnectionProps" ? 3 : 2;

    /// <summary>A query's argument.</summary>
    public static string Query(string ecsql, int rows) => Invariant(
        $$$"""{"rowFormat":1,"kind":1,"valueFormat":0,"query":"{{{ecsql}}}","args":{},"includeMetaData":true,"limit":{"offset":0,"count":{{{rows}}}}}""");

    /// <summary>The element properties of some ids.</summary>
    public static byte[] ElementProps(RpcRequests requests, IEnumerable<string> ids) =>
        requests.Post("IModelReadRpcInterface-3.7.0-getElementProps", $"[{string.Join(',', ids.Select(id => $"\"{id}\""))}]");
}
