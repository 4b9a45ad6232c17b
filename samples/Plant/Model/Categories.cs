using System.Globalization;
using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>The spatial categories in the iModel: a name and a colour each.</summary>
internal sealed class Categories
{
    private static readonly (Category Category, string Name, Colour Colour)[] s_table =
    [
        (Category.Terrain, "Terrain", new(168, 186, 140)),
        (Category.Paving, "Roads and Paving", new(128, 132, 138)),
        (Category.Landscape, "Landscape and Fence", new(92, 142, 86)),
        (Category.Concrete, "Concrete", new(204, 201, 193)),
        (Category.Buildings, "Buildings", new(228, 220, 204)),
        (Category.StructuralSteel, "Structural Steel", new(84, 112, 142)),
        (Category.Platforms, "Platforms and Railings", new(158, 164, 168)),
        (Category.Tanks, "Tanks", new(238, 239, 236)),
        (Category.Vessels, "Vessels", new(206, 214, 222)),
        (Category.HeatExchangers, "Heat Exchangers", new(186, 168, 140)),
        (Category.ProcessPiping, "Process Piping", new(170, 178, 188)),
        (Category.UtilityPiping, "Utility Piping", new(70, 150, 110)),
        (Category.Valves, "Valves", new(214, 96, 48)),
        (Category.Pumps, "Pumps", new(52, 108, 176)),
        (Category.Electrical, "Electrical Equipment", new(112, 134, 122)),
        (Category.CableTrays, "Cable Trays", new(198, 202, 206)),
    ];

    private readonly Dictionary<Category, string> _ids = [];

    /// <summary>Inserts them.</summary>
    public Categories(PlantDb db)
    {
        foreach ((Category category, string name, Colour colour) in s_table)
        {
            string id = db.InsertDefinition("SpatialCategory", name, new JsonObject());
            _ids.Add(category, id);

            // The default sub-category is made with its category and has the id after its.
            long subCategory = long.Parse(id.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) + 1;
            db.UpdateElement(new JsonObject
            {
                ["id"] = $"0x{subCategory:x}",
                ["appearance"] = new JsonObject { ["color"] = colour.Value },
            });
        }
    }

    /// <summary>All of them, in the table's order.</summary>
    public IEnumerable<string> All => s_table.Select(row => _ids[row.Category]);

    /// <summary>A category's id.</summary>
    public string this[Category category] => _ids[category];
}
