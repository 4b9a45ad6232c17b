using System.Buffers;
using System.Text.Json;
using ITwinOrleans.Grains.Live.Sessions;

namespace ITwinOrleans.Grains.Live.Presence;

/// <summary>Who is in one iModel and what they look at. Every change gets the next version, so that a reader gets what changed since it last asked.</summary>
internal sealed class PresenceBoard
{
    /// <summary>More departures than this between two readings make the reader get everybody.</summary>
    private const int MaxDepartures = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PersonState> _people = new(StringComparer.Ordinal);
    private readonly Queue<(long Version, string Session)> _departures = [];
    private long _version, _oldest;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>The newest version.</summary>
    public long Version
    {
        get
        {
            lock (_lock)
                return _version;
        }
    }

    /// <summary>Completes with the next change. Take it before you look.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    /// <summary>A person comes (again, after its Api lost the owner).</summary>
    public void Join(LiveSession session)
    {
        lock (_lock)
        {
            _people[session.Id] = new PersonState(session, ++_version);
            Signal();
        }
    }

    /// <summary>A person goes.</summary>
    public void Leave(string session)
    {
        lock (_lock)
        {
            if (!_people.Remove(session))
                return;
            _departures.Enqueue((++_version, session));
            if (_departures.Count > MaxDepartures)
                _oldest = _departures.Dequeue().Version;
            Signal();
        }
    }

    /// <summary>A person's selection, camera or cursor changes.</summary>
    /// <param name="session">Whose.</param>
    /// <param name="json">An object with any of them; other properties count for nothing.</param>
    /// <returns>Whether the person is known.</returns>
    /// <exception cref="JsonException">It is no object.</exception>
    public bool Set(string session, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("Presence is an object.");
        lock (_lock)
        {
            if (!_people.TryGetValue(session, out var person))
                return false;
            var version = _version + 1;
            for (var part = 0; part < PersonState.Parts.Length; part++)
            {
                if (!document.RootElement.TryGetProperty(PersonState.Parts[part], out var value))
                    continue;
                person.Set(part, JsonSerializer.SerializeToUtf8Bytes(value, PresenceJson.Default.JsonElement), version);
                _version = version;
            }

            if (_version == version)
                Signal();
            return true;
        }
    }

    /// <summary>Writes <c>"people": [...]</c> into an object.</summary>
    public void WritePeople(Utf8JsonWriter writer)
    {
        lock (_lock)
        {
            writer.WriteStartArray("people"u8);
            foreach (var person in _people.Values)
                person.Write(writer);
            writer.WriteEndArray();
        }
    }

    /// <summary>What changed since a version; everybody when that is too long ago.</summary>
    public (long Version, ReadOnlyMemory<byte> Json, bool IsWhole) Since(long version)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer);
        lock (_lock)
        {
            var isWhole = version <= 0 || version < _oldest || version > _version;
            writer.WriteStartObject();
            if (isWhole)
                WritePeople(writer);
            else
                WriteChanges(writer, version);
            writer.WriteEndObject();
            writer.Flush();
            return (_version, buffer.WrittenMemory, isWhole);
        }
    }

    private void WriteChanges(Utf8JsonWriter writer, long after)
    {
        writer.WriteStartArray("joined"u8);
        foreach (var person in _people.Values.Where(p => p.Joined > after))
            person.Write(writer);
        writer.WriteEndArray();
        writer.WriteStartArray("left"u8);
        foreach (var (_, session) in _departures.Where(d => d.Version > after && !_people.ContainsKey(d.Session)))
            writer.WriteStringValue(session);
        writer.WriteEndArray();
        writer.WriteStartArray("changed"u8);
        foreach (var person in _people.Values.Where(p => p.Joined <= after && p.Changed > after))
            person.WriteChanges(writer, after);
        writer.WriteEndArray();
    }

    private void Signal()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
