using System.Text.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;

namespace ITwinOrleans.Backend.Tests.Rpc;

/// <summary>An application's own RPC interface, as docs/rpc-interfaces.md shows it.</summary>
[RpcInterface("CountRpcInterface", "1.2.0")]
public sealed class CountRpc : RpcInterface
{
    /// <summary>How many elements of a class there are: (token, class full name).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public async Task<RpcReply> CountElements(RpcRequest request)
    {
        string className = request.Arguments.GetString(1, "className");
        if (!className.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_'))
            throw RpcException.Plain($"\"{className}\" is no class name");
        long count = await request.IModel.RunAsync(native => Count(native, className), request.CancellationToken);
        return RpcResult.Number(count);
    }

    /// <summary>Joins texts, without an iModel: ([texts]).</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> JoinAsync(RpcRequest request) =>
        Task.FromResult(RpcResult.String(string.Join('-', request.Arguments.GetStrings(0, "texts"))));

    /// <summary>Breaks.</summary>
    [RpcOperation]
    public Task<RpcReply> Break(RpcRequest request) => throw new InvalidOperationException("secret /etc/passwd");

    private static long Count(DgnDb native, string className)
    {
        using var statement = new ECSqlStatement(native, $"SELECT count(*) FROM {className}");
        statement.Step();
        using var row = statement.ToRow("{}");
        return JsonElement.Parse(row.Utf8.Span).GetProperty("data")[0].GetInt64();
    }
}
