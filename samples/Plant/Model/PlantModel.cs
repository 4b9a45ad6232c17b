using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>A physical model of the plant.</summary>
internal sealed class PlantModel(PlantDb db, string name, string id)
{
    private int _count;

    /// <summary>The model's id.</summary>
    public string Id => id;

    /// <summary>The parts that its elements may use.</summary>
    public Parts Parts => db.Parts;

    /// <summary>Inserts an element and gives its id.</summary>
    public string Insert(PlantElement element)
    {
        JsonObject props = element.Properties ?? [];
        props["classFullName"] = "Plant:" + element.ClassName;
        props["model"] = id;
        props["category"] = db.Categories[element.Category];
        props["code"] = element.Tag is null ? db.Codes.Empty() : db.Codes.Tag(element.Tag);
        props["userLabel"] = element.Label;
        props["federationGuid"] = NameGuid.Of($"{name}/{_count++}");
        if (element.Parent is not null)
            props["parent"] = new JsonObject { ["id"] = element.Parent, ["relClassName"] = "BisCore:PhysicalElementAssemblesElements" };
        if (element.Geometry is not null)
        {
            Placement placement = element.Placement;
            props["placement"] = new JsonObject
            {
                ["origin"] = GeometryStreamBuilder.Json(placement.Origin),
                ["angles"] = new JsonObject { ["yaw"] = placement.Yaw, ["pitch"] = placement.Pitch, ["roll"] = placement.Roll },
            };
            props["geom"] = element.Geometry.Build();
        }

        return db.InsertElement(props);
    }
}
