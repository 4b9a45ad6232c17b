namespace ITwinOrleans.Samples.Plant;

/// <summary>A colour as iTwin.js writes it (<c>ColorDef</c>): red in the lowest byte.</summary>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static Colour SafetyYellow { get; } = new(236, 188, 40);

    public static Colour SignalRed { get; } = new(192, 44, 40);

    public static Colour Steel { get; } = new(176, 182, 188);

    public static Colour Dark { get; } = new(64, 68, 74);

    public static Colour White { get; } = new(244, 245, 246);

    public int Value => Red | (Green << 8) | (Blue << 16);
}
