namespace ITwinOrleans.Grains.Replicas;

/// <summary>Where an Api sends the calls of iModels that several silos serve: each frontend to one of them, so that it finds again what it began.</summary>
public sealed class ReplicaRoutes(TimeProvider time)
{
    /// <summary>So many calls of one iModel at once, and its owner is asked for replicas: what one viewer has under way does not reach it.</summary>
    private const int Many = 8;

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <summary>How long the owner's answer counts; it is asked again while there is much to do.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Route> _routes = new(StringComparer.Ordinal);

    /// <summary>A call begins. <see cref="Leave"/> when it has ended.</summary>
    /// <param name="key">The iModel's file key.</param>
    /// <param name="frontend">Who calls: its session, or anything that tells it from others.</param>
    /// <returns>The silo whose replica takes it, null for the owner; and whether to ask the owner for replicas now.</returns>
    public (string? Silo, bool Ask) Enter(string key, string frontend)
    {
        ArgumentNullException.ThrowIfNull(frontend);
        lock (_lock)
        {
            if (!_routes.TryGetValue(key, out var route))
                _routes[key] = route = new Route();
            var now = time.GetTimestamp();
            if (time.GetElapsedTime(route.Heard, now) > Memory)
                route.Silos = [];
            var ask = ++route.Calls > Many && (route.Asked is not { } asked || time.GetElapsedTime(asked, now) >= AskAgain);
            if (ask)
                route.Asked = now;
            return (route.Silos.Count == 0 ? null : Choose(frontend, route.Silos), ask);
        }
    }

    /// <summary>A call has ended.</summary>
    public void Leave(string key)
    {
        lock (_lock)
        {
            if (_routes.TryGetValue(key, out var route) && --route.Calls == 0 && route.Silos.Count == 0)
                _routes.Remove(key);
        }
    }

    /// <summary>The silos with replicas of an iModel.</summary>
    public IReadOnlyList<string> Find(string key)
    {
        lock (_lock)
            return _routes.TryGetValue(key, out var route) ? route.Silos : [];
    }

    /// <summary>The owner named the silos with replicas.</summary>
    public void Set(string key, IReadOnlyList<string> silos)
    {
        lock (_lock)
        {
            if (!_routes.TryGetValue(key, out var route))
                return;
            route.Silos = silos;
            route.Heard = time.GetTimestamp();
        }
    }

    /// <summary>A silo does not serve an iModel any more.</summary>
    public void Drop(string key, string silo)
    {
        lock (_lock)
        {
            if (_routes.TryGetValue(key, out var route))
                route.Silos = [.. route.Silos.Where(other => other != silo)];
        }
    }

    /// <summary>A silo is gone; nobody knows yet which.</summary>
    public void DropAll()
    {
        lock (_lock)
        {
            foreach (var (key, route) in _routes.ToArray())
            {
                route.Silos = [];
                if (route.Calls == 0)
                    _routes.Remove(key);
            }
        }
    }

    // Rendezvous hashing: a silo that comes takes its part of each other's frontends, and the rest stay where they are.
    private static string? Choose(string frontend, IReadOnlyList<string> silos)
    {
        string? chosen = null;
        var most = HashCode.Combine(frontend, 0);
        foreach (var silo in silos)
        {
            var hash = HashCode.Combine(frontend, silo);
            if (hash > most)
                (chosen, most) = (silo, hash);
        }

        return chosen;
    }

    private sealed class Route
    {
        public int Calls { get; set; }

        public IReadOnlyList<string> Silos { get; set; } = [];

        /// <summary>When the owner named them (<see cref="TimeProvider.GetTimestamp"/>).</summary>
        public long Heard { get; set; }

        /// <summary>When it was asked last; null before the first time.</summary>
        public long? Asked { get; set; }
    }
}
