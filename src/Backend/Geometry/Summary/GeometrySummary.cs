using System.Text.Json;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>Describes elements' geometry for people (core-backend <c>generateGeometrySummaries</c>).</summary>
internal static class GeometrySummary
{
    private const string Element2d = "BisCore:GeometricElement2d", Element3d = "BisCore:GeometricElement3d", Part = "BisCore:GeometryPart";

    /// <summary>The summaries of all elements of a request, one below the other.</summary>
    /// <param name="iModel">The iModel.</param>
    /// <param name="request">iTwin.js <c>GeometrySummaryRequestProps</c>, JSON.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<string> ReadAsync(IModelDb iModel, ReadOnlyMemory<byte> request, BackendOptions options, CancellationToken cancellationToken)
    {
        JsonElement root = JsonElement.Parse(request.Span);
        if (!root.TryGetProperty("elementIds"u8, out JsonElement ids) || ids.ValueKind != JsonValueKind.Array)
            throw RpcException.WrongType("The parameter elementIds must be an array of strings");
        if (ids.GetArrayLength() > options.MaxIds)
            throw RpcException.Numbered((int)IModelStatus.BadRequest, $"The request names more than the {options.MaxIds} ids that it may");
        SummaryOptions wanted = SummaryOptions.Read(root);
        var summaries = new List<string>();
        foreach (JsonElement id in ids.EnumerateArray())
            summaries.Add(await ReadAsync(iModel, id.ToString(), wanted, cancellationToken).ConfigureAwait(false));
        return string.Join('\n', summaries);
    }

    private static async Task<string> ReadAsync(IModelDb iModel, string id, SummaryOptions options, CancellationToken cancellationToken)
    {
        var summary = new ElementSummary(options);
        string heading = $"[Geometry Summary for Element {id}]";
        summary.Add(heading);
        try
        {
            (JsonElement element, string? kind, string references) =
                await iModel.RunAsync(native => ReadElement(native, iModel, id, options), cancellationToken).ConfigureAwait(false);
            Describe(summary, id, element, kind, references);
        }
        catch (RpcException exception)
        {
            return $"{heading}\nERROR: {exception.Error.Name}: {exception.Message}";
        }

        return string.Join('\n', summary.Lines);
    }

    private static void Describe(ElementSummary summary, string id, JsonElement element, string? kind, string references)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
        {
            throw RpcException.Numbered(
                (int)IModelStatus.NotFound, $"Element={{id: {id} federationGuid: undefined, code={{spec: undefined, scope: undefined, value: undefined}}}}");
        }

        if (kind is null)
            throw RpcException.Numbered((int)IModelStatus.NoGeometry, "Element is neither a geometric element nor a geometry part");
        bool isPart = kind == Part;
        if (!element.TryGetProperty("geom"u8, out JsonElement stream))
        {
            throw RpcException.Numbered(
                (int)IModelStatus.NoGeometry, $"{(isPart ? "GeometryPart" : "GeometricElement")} has no geometry or geometry wasn't requested");
        }

        if (isPart)
        {
            summary.Add(references);
            summary.AddStream(stream, Transform3.Identity, Id64.Invalid);
            return;
        }

        summary.AddElement(element, kind == Element2d);
        summary.AddStream(stream, Transform3.FromPlacement(element.GetProperty("placement"u8)), element.GetProperty("category"u8).GetString()!);
    }

    private static (JsonElement Element, string? Kind, string References) ReadElement(DgnDb native, IModelDb iModel, string id, SummaryOptions options)
    {
        byte[] load = [.. EntityReader.LoadById(id)[..^1], .. ",\"wantGeometry\":true}"u8];
        ReadOnlyMemory<byte> element = iModel.Entities.ReadElement(native, load);
        if (element.IsEmpty)
            return default;
        IReadOnlyList<string> classes = iModel.Classes.Of(native, JsonSlices.Text(element, "classFullName"u8)!);
        string? kind = classes.FirstOrDefault(static name => name is Element2d or Element3d or Part);
        return (JsonElement.Parse(element.Span), kind, kind == Part && options.PartReferences is { } space ? ReadReferences(native, id, space == "2d") : "");
    }

    private static string ReadReferences(DgnDb native, string id, bool is2d)
    {
        using NativeResult found = native.Geometry.FindPartReferences(JsonText.Array([id]), is2d);
        string[] ids = [.. JsonElement.Parse(found.Utf8.Span).EnumerateArray().Select(static one => one.GetString()!)];
        return $"Part references ({ids.Length}): {string.Join(',', ids)}";
    }
}
