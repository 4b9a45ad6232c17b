namespace ITwinOrleans.Backend.Elements.Instances;

/// <summary>What a class adds to the reading of its entities (core-backend: a class's <c>_customHandledProps</c> and <c>deserialize</c>).</summary>
/// <param name="ClassFullName">The class, for example <c>BisCore:Element</c>; holds for those that derive from it, too.</param>
/// <param name="Handled">The properties that are not simply copied.</param>
/// <param name="Write">Writes what the class's props have in their place.</param>
internal sealed record EntityRule(string ClassFullName, string[] Handled, Action<EntityRow> Write);
