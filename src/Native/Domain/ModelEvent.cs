namespace ITwinOrleans.Native.Domain;

/// <summary>What happens to a model and its elements. The events in the present tense come before it happens and may forbid it, by throwing.</summary>
/// <remarks>The names are those of the static methods of iTwin.js's <c>Model</c> class, without "on".</remarks>
public enum ModelEvent
{
    /// <summary>It is about to be inserted; the props may be changed.</summary>
    Insert,
    Inserted,

    /// <summary>It is about to be changed; the props may be changed.</summary>
    Update,
    Updated,
    Delete,
    Deleted,

    /// <summary>An element is about to be inserted in it; the element's props may be changed.</summary>
    InsertElement,
    InsertedElement,
    UpdateElement,
    UpdatedElement,
    DeleteElement,
    DeletedElement,
}
