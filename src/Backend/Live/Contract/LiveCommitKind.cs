using System.Text.Json.Serialization;

namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>What made a commit.</summary>
public enum LiveCommitKind
{
    /// <summary>A transaction.</summary>
    [JsonStringEnumMemberName("edit")]
    Edit,

    /// <summary>The inverse of an edit or a redo.</summary>
    [JsonStringEnumMemberName("undo")]
    Undo,

    /// <summary>The inverse of an undo.</summary>
    [JsonStringEnumMemberName("redo")]
    Redo,
}
