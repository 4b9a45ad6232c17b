using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Hosting;
using ITwinOrleans.Grains.Owners;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;

namespace ITwinOrleans.Grains.Tests.Hosting;

public sealed class CarriedExceptionsTests
{
    [Fact]
    public void Exception_with_a_cause_of_a_library_arrives_as_what_it_is()
    {
        using ServiceProvider services = new ServiceCollection().AddSerializer().CarryExceptions().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer<Exception>>();
        var sent = new IModelBusyException(
            "The store cannot be reached.", TimeSpan.FromSeconds(7), new JournalUnavailableException("The database cannot be reached.", new NpgsqlException("refused")));

        var arrived = Assert.IsType<IModelBusyException>(serializer.Deserialize(serializer.SerializeToArray(sent)));

        Assert.Equal((sent.Message, sent.RetryAfter), (arrived.Message, arrived.RetryAfter));
        Assert.Equal("refused", arrived.GetBaseException().Message);
    }
}
