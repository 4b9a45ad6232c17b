namespace ITwinOrleans.Native.Geometry;

/// <summary>What became of a request for element graphics.</summary>
public enum ElementGraphicsStatus
{
    /// <summary>There is content.</summary>
    Success = 0,

    /// <summary>The request was canceled, or the iModel closed.</summary>
    Canceled = 1,

    /// <summary>The element has no geometry to show.</summary>
    NoGeometry = 2,

    /// <summary>The request makes no sense.</summary>
    InvalidJson = 3,

    /// <summary>A format version that the library does not know.</summary>
    UnknownMajorFormatVersion = 4,

    /// <summary>There is no such element.</summary>
    ElementNotFound = 5,

    /// <summary>A request with this id is under way.</summary>
    DuplicateRequestId = 6,
}
