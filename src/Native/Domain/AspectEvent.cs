namespace ITwinOrleans.Native.Domain;

/// <summary>What happens to an element's aspect. The events in the present tense come before it happens and may forbid it, by throwing.</summary>
/// <remarks>The names are those of the static methods of iTwin.js's <c>ElementAspect</c> class, without "on".</remarks>
public enum AspectEvent
{
    /// <summary>It is about to be inserted. The library has read the props before: changing them has no effect.</summary>
    Insert,
    Inserted,

    /// <summary>It is about to be changed; the props may be changed.</summary>
    Update,
    Updated,
    Delete,
    Deleted,
}
