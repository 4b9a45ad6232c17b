namespace ITwinOrleans.Live.Bench;

/// <summary>Times of many, in milliseconds, kept in steps of a tenth up to ten seconds.</summary>
internal sealed class Latencies
{
    private const int Steps = 100_000;
    private readonly int[] _counts = new int[Steps + 1];
    private long _count;

    /// <summary>How many there are.</summary>
    public long Count => Interlocked.Read(ref _count);

    public void Add(double milliseconds)
    {
        Interlocked.Increment(ref _counts[Math.Clamp((int)(milliseconds * 10), 0, Steps)]);
        Interlocked.Increment(ref _count);
    }

    /// <summary>Forgets what was measured so far.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Interlocked.Exchange(ref _count, 0);
    }

    /// <summary>The time that so many (0 to 1) are not above.</summary>
    public double At(double share)
    {
        long left = (long)(Count * share);
        for (int i = 0; i <= Steps; i++)
        {
            left -= _counts[i];
            if (left < 0)
                return i / 10.0;
        }

        return double.NaN;
    }
}
