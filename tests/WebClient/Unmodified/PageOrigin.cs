namespace ITwinOrleans.WebClient.Tests.Unmodified;

/// <summary>Where a page comes from, seen from the backend.</summary>
public enum PageOrigin
{
    /// <summary>From the backend's own origin.</summary>
    Same,

    /// <summary>From another one, so that every request is subject to CORS.</summary>
    Cross,
}
