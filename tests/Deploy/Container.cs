namespace ITwinOrleans.Deploy.Tests;

/// <summary>A container of a silo or an Api.</summary>
/// <param name="Name">Where it is described.</param>
/// <param name="Target">Its image: <c>silo</c> or <c>api</c>.</param>
/// <param name="Environment">Its variables, with those of the image. What comes from elsewhere (a secret, the pod) is empty.</param>
/// <param name="Probes">Its probes, in Kubernetes.</param>
/// <param name="Grace">How long it has to end.</param>
public sealed record Container(string Name, string Target, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<object> Probes, TimeSpan Grace)
{
    public override string ToString() => Name;
}
