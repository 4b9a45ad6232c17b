namespace ITwinOrleans.Grains.Distribution.Payloads;

/// <summary>A large reply's silo gave it up before it was fetched. The operation had run.</summary>
internal sealed class PayloadLostException() : Exception("The reply was given up before it was fetched.");
