namespace ITwinOrleans.Worker.Supervision;

/// <summary>The last lines that a process wrote.</summary>
internal sealed class OutputTail(int lines)
{
    private const int MaxLineLength = 2000;

    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line.Length <= MaxLineLength ? line : line[..MaxLineLength]);
            while (_lines.Count > lines)
                _lines.Dequeue();
        }
    }

    public override string ToString()
    {
        lock (_lines)
            return string.Join('\n', _lines);
    }
}
