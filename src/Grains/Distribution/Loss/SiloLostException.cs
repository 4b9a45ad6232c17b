namespace ITwinOrleans.Grains.Distribution.Loss;

/// <summary>The silo that a call waited for is gone; whether the call ran is not known.</summary>
internal sealed class SiloLostException() : Exception("The silo that had the call is gone.");
