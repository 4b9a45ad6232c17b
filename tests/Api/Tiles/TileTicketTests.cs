using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Api.Tiles;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ITwinOrleans.Api.Tests.Tiles;

/// <summary>Where requests are authenticated, a tile's URL carries a right of its own.</summary>
public sealed class TileTicketTests : IAsyncLifetime
{
    private TokenIssuer _issuer = null!;
    private ApiServer _server = null!;

    public async Task InitializeAsync()
    {
        _issuer = await TokenIssuer.StartAsync();
        _server = await ApiServer.StartAsync(
            ("Authentication:Authority", _issuer.Url), ("Authentication:Audience", "itwin-server"), ("Authentication:RequireHttpsMetadata", "false"));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Get_withItsTicket_isServedPrivately()
    {
        RawResponse tile = await GetAsync(MemoryTileSource.First, Ticket(MemoryTileSource.First));

        Assert.Equal((200, "private, max-age=172800, immutable"), (tile.Status, tile.Header("Cache-Control")));
    }

    [Fact]
    public async Task Get_withABadTicket_isRefusedAndNothingRuns()
    {
        string good = Ticket(MemoryTileSource.First);
        string[] bad =
        [
            "", "v=v1", Ticket(MemoryTileSource.Second), good.Replace("v=v1", "v=v2", StringComparison.Ordinal), good.Replace("&e=", "&e=9", StringComparison.Ordinal),
            good[..^1] + (good[^1] == 'A' ? 'B' : 'A'), good[..good.IndexOf("&s=", StringComparison.Ordinal)], good.Replace("&s=", "&s=%00", StringComparison.Ordinal),
        ];
        foreach (string ticket in bad)
            Assert.True((await GetAsync(MemoryTileSource.First, ticket)).Status == 403, ticket);

        Assert.Empty(_server.Router.Calls);
    }

    [Fact]
    public void IsValid_afterItsTime_isFalse()
    {
        var time = new SettableTime(new DateTimeOffset(2026, 1, 1, 23, 0, 0, TimeSpan.Zero));
        string folder = Directory.CreateTempSubdirectory("itwin-tiles-").FullName;
        try
        {
            var tickets = new TileTicket(Microsoft.Extensions.Options.Options.Create(new TileOptions { Folder = folder }), time);
            string query = tickets.Issue(new TileSourceIModel("k", "i", MemoryTileSource.First, "", "v1"), out DateTimeOffset expires);

            Assert.True(tickets.IsValid(MemoryTileSource.First, Parse(query)));
            time.Now = expires.AddSeconds(-1);
            Assert.True(tickets.IsValid(MemoryTileSource.First, Parse(query)));
            time.Now = expires;
            Assert.False(tickets.IsValid(MemoryTileSource.First, Parse(query)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Ticket(string iModelId) => _server.Services.GetRequiredService<TileTicket>().Issue(new TileSourceIModel("k", "i", iModelId, "", "v1"), out _);

    private Task<RawResponse> GetAsync(string iModelId, string query) =>
        RawHttp.SendAsync(_server.Port, RawRequest.Get($"/tiles/{iModelId}/tiles/t/first/-b-1-0-0-0-1?{query}") with { Headers = [] });

    private static Microsoft.AspNetCore.Http.QueryCollection Parse(string query) =>
        new(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query));

    private sealed class SettableTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
