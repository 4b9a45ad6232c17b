namespace ITwinOrleans.Native.Domain;

/// <summary>What happens to an element. The events in the present tense come before it happens and may forbid it, by throwing.</summary>
/// <remarks>The names are those of the static methods of iTwin.js's <c>Element</c> class, without "on".</remarks>
public enum ElementEvent
{
    /// <summary>It is about to be inserted; the props may be changed.</summary>
    Insert,
    Inserted,

    /// <summary>It is about to be changed; the props may be changed.</summary>
    Update,
    Updated,
    Delete,
    Deleted,
    ChildInsert,
    ChildInserted,
    ChildUpdate,
    ChildUpdated,
    ChildDelete,
    ChildDeleted,

    /// <summary>An element is about to become a child of this one.</summary>
    ChildAdd,
    ChildAdded,

    /// <summary>An element is about to become a child of another one.</summary>
    ChildDrop,
    ChildDropped,
    SubModelInsert,
    SubModelInserted,
    SubModelDelete,
    SubModelDeleted,
}
