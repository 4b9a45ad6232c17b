using System.Text;
using System.Text.Json.Nodes;
using ITwinOrleans.Native.IModels;

namespace ITwinOrleans.Samples.Plant;

/// <summary>The iModel while it is made: its definitions, and insertion of what the plant consists of.</summary>
internal sealed class PlantDb
{
    /// <summary>The dictionary model, where definitions are.</summary>
    private const string Dictionary = "0x10";

    /// <summary>The root subject; its repository model has the same id.</summary>
    private const string RootSubject = "0x1";

    private readonly DgnDb _db;
    private readonly List<PlantModel> _models = [];

    public PlantDb(DgnDb db)
    {
        _db = db;
        Codes = new Codes(db);
        Categories = new Categories(this);
        Parts = new Parts(this);
    }

    public Codes Codes { get; }

    public Categories Categories { get; }

    public Parts Parts { get; }

    /// <summary>The physical models so far.</summary>
    public IReadOnlyList<PlantModel> Models => _models;

    /// <summary>How many physical elements there are.</summary>
    public int ElementCount { get; private set; }

    /// <summary>Inserts a physical model with its partition.</summary>
    public PlantModel AddModel(string name)
    {
        string partition = Insert(new JsonObject
        {
            ["classFullName"] = "BisCore:PhysicalPartition",
            ["model"] = RootSubject,
            ["parent"] = new JsonObject { ["id"] = RootSubject, ["relClassName"] = "BisCore:SubjectOwnsPartitionElements" },
            ["code"] = Codes.Of("InformationPartitionElement", RootSubject, name),
            ["federationGuid"] = NameGuid.Of("partition/" + name),
        });
        string id = _db.Models.Insert(Utf8(new JsonObject
        {
            ["classFullName"] = "BisCore:PhysicalModel",
            ["modeledElement"] = new JsonObject { ["id"] = partition },
        }));
        var model = new PlantModel(this, name, id);
        _models.Add(model);
        return model;
    }

    /// <summary>Inserts a definition with a name that is unique among those of its class, and gives its id.</summary>
    public string InsertDefinition(string className, string name, JsonObject props, string? codeSpec = null)
    {
        props["classFullName"] = "BisCore:" + className;
        props["model"] = Dictionary;
        props["code"] = Codes.Of(codeSpec ?? className, Dictionary, name);
        props["federationGuid"] = NameGuid.Of($"{className}/{name}");
        props["isPrivate"] = false;
        return Insert(props);
    }

    /// <summary>Inserts a physical element and gives its id.</summary>
    public string InsertElement(JsonObject props)
    {
        ElementCount++;
        return Insert(props);
    }

    /// <summary>Changes the properties that are given.</summary>
    public void UpdateElement(JsonObject props) => _db.Elements.Update(Utf8(props));

    private string Insert(JsonObject props) => _db.Elements.Insert(Utf8(props));

    private static byte[] Utf8(JsonObject props) => Encoding.UTF8.GetBytes(props.ToJsonString());
}
