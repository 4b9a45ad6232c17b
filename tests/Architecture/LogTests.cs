using System.Reflection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ITwinOrleans.Architecture.Tests;

/// <summary>Operators watch for logs by their ids (docs/operations.md).</summary>
public sealed class LogTests
{
    private const int SmallestOfGrains = 2000;

    [Fact]
    public void An_event_id_of_Grains_is_used_once()
    {
        int[] ids = [.. EventIds(Layers.Grains).Where(id => id >= SmallestOfGrains)];

        Assert.NotEmpty(ids);
        Assert.Empty(ids.GroupBy(id => id).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    private static IEnumerable<int> EventIds(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>().Select(message => message.EventId);
}
