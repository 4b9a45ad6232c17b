using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;
using ITwinOrleans.Native;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Samples.Plant;

/// <summary>Makes the sample iModel: a small process plant. Two runs give the same models, elements, ids and GUIDs.</summary>
public static class PlantFile
{
    /// <summary>Makes the file, on the engine thread.</summary>
    /// <param name="platform">The native library.</param>
    /// <param name="path">The new file; there must be none.</param>
    /// <exception cref="Native.Errors.NativeException">It cannot be written.</exception>
    public static PlantSummary Create(NativePlatform platform, string path)
    {
        string iModelId = NameGuid.Of("iModel");
        var props = new JsonObject
        {
            ["rootSubject"] = new JsonObject { ["name"] = "Sample Plant", ["description"] = "A small process plant, made by the Plant sample" },
            ["guid"] = iModelId,
        };
        using DgnDb db = DgnDb.Create(platform, path, props.ToJsonString());
        db.ResetBriefcaseId(0);
        db.SetITwinId(NameGuid.Of("iTwin"));
        db.Schemas.ImportXml([ReadSchema()]);
        db.Txns.SaveChanges("Schema");

        var plant = new PlantDb(db);
        BuildAreas(plant);
        SetDefaultView(db, Views.Build(plant));
        db.Txns.SaveChanges("Plant");
        FitProjectExtents(db);
        db.Txns.SaveChanges("Project extents");
        AllowEditing(db);

        // Else whoever reads the file needs the right to write a log beside it.
        db.WriteAheadLog.Enable(false);
        return new PlantSummary(iModelId, plant.Models.Count, plant.ElementCount);
    }

    private static void BuildAreas(PlantDb plant)
    {
        Site.Build(plant);
        ControlBuilding.Build(plant);
        ProcessStructure.Build(plant);
        PlantModel equipment = plant.AddModel("Tanks and Vessels");
        TankFarm.Build(equipment);
        GasSpheres.Build(equipment);
        Towers.Build(equipment);
        Drums.Build(equipment);
        HeaterAndCooling.Build(equipment);
        PipeRack.Build(plant);
        Piping.Build(plant);
        Pumps.Build(plant);
        Electrical.Build(plant);
    }

    // Whoever serves the file may open it for writing (iTwin.js: BriefcaseLocalValue.StandaloneEdit); its timeline begins with what is in it now.
    private static void AllowEditing(DgnDb db)
    {
        db.Txns.DeleteAll();
        db.SaveLocalValue("StandaloneEdit", """{"txns":true}""");
        db.Txns.SaveChanges();
    }

    private static string ReadSchema()
    {
        using Stream stream = typeof(PlantFile).Assembly.GetManifestResourceStream("Plant.ecschema.xml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The view that a viewer opens with (iTwin.js: <c>IModelDb.Views.setDefaultViewId</c>): its id in eight bytes.</summary>
    private static void SetDefaultView(DgnDb db, string viewId)
    {
        byte[] id = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(id, ulong.Parse(viewId.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        db.FileProperties.Save("""{"namespace":"dgn_View","name":"DefaultView"}""", null, id);
    }

    /// <summary>The project extents are what the elements take up.</summary>
    private static void FitProjectExtents(DgnDb db)
    {
        using NativeResult computed = db.Call("computeProjectExtents", false, false);
        JsonNode extents = JsonNode.Parse(computed.Utf8.Span)!["extents"]!;
        db.UpdateProps(new JsonObject { ["projectExtents"] = extents.DeepClone() }.ToJsonString());
    }
}
