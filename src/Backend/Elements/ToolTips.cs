using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;

namespace ITwinOrleans.Backend.Elements;

/// <summary>The lines that a frontend shows beside the cursor (core-backend <c>Element.getToolTipMessage</c>); on the engine thread.</summary>
internal static class ToolTips
{
    private const string GeometricElement = "BisCore:GeometricElement";

    /// <summary>The lines for an element. <c>%{iModelJs:...}</c> in them is put into the user's language by the frontend.</summary>
    /// <exception cref="RpcException">There is no such element.</exception>
    public static IReadOnlyList<string> Read(DgnDb native, IModelDb iModel, string identifier)
    {
        ReadOnlyMemory<byte> element = ReadElement(native, iModel, identifier);
        string classFullName = JsonSlices.Text(element, "classFullName"u8) ?? "";
        var lines = new List<string>();
        string label = LabelOf(element);
        lines.Add(label.Length > 0
            ? label
            : $"{Key("Id")}{JsonSlices.Text(element, "id"u8)}, {Key("Type")}{classFullName[(classFullName.IndexOf(':') + 1)..]}");
        if (iModel.Classes.Is(native, classFullName, GeometricElement))
            lines.Add(Key("Category") + LabelOf(ReadElement(native, iModel, JsonSlices.Text(element, "category"u8) ?? Id64.Invalid)));
        lines.Add(Key("Model") + LabelOf(ReadElement(native, iModel, JsonSlices.Text(element, "model"u8) ?? Id64.Invalid)));
        return lines;
    }

    private static string Key(string name) => $"<b>%{{iModelJs:Element.{name}}}:</b> ";

    private static string LabelOf(ReadOnlyMemory<byte> element) =>
        JsonSlices.Text(element, "userLabel"u8) ?? JsonSlices.Text(JsonSlices.Property(element, "code"u8), "value"u8) ?? "";

    private static ReadOnlyMemory<byte> ReadElement(DgnDb native, IModelDb iModel, string identifier)
    {
        ReadOnlyMemory<byte> element = iModel.Entities.ReadElement(native, EntityReader.LoadByIdentifier(identifier));
        return element.IsEmpty ? throw RpcException.Numbered((int)IModelStatus.NotFound, $"Element={identifier}") : element;
    }
}
