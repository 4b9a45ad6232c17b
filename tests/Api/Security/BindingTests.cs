using System.Diagnostics;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Api.Tests.Security;

/// <summary>A server without authentication is for this machine only.</summary>
public sealed class BindingTests
{
    [Theory]
    [InlineData("http://localhost:5000", true)]
    [InlineData("http://127.0.0.1:0", true)]
    [InlineData("https://127.9.9.9:443", true)]
    [InlineData("http://[::1]:80", true)]
    [InlineData("http://unix:/run/itwin.sock", true)]
    [InlineData("http://0.0.0.0:80", false)]
    [InlineData("http://*:80", false)]
    [InlineData("http://+:80", false)]
    [InlineData("http://[::]:80", false)]
    [InlineData("http://10.0.0.1", false)]
    [InlineData("http://localhost.example:80", false)]
    [InlineData("https://host:443/base", false)]
    [InlineData("nonsense", false)]
    public void IsLocal_address_tellsWhoReachesIt(string url, bool expected) => Assert.Equal(expected, ListenAddress.IsLocal(url));

    [Theory]
    [InlineData("urls", "http://0.0.0.0:0")]
    [InlineData("urls", "http://127.0.0.1:0;http://*:0")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://0.0.0.0:0")]
    public async Task Start_onAnotherAddressWithoutAuthentication_isRefusedAndSaysHow(string key, string value)
    {
        StartRefusedException refusal = await Assert.ThrowsAsync<StartRefusedException>(() => ApiServer.StartAsync((key, value)));

        Assert.Contains("Authentication:Authority", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Authentication:AllowUnauthenticatedNetwork", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("localhost", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_onAnotherAddressWithoutAuthentication_endsAndSaysOnlyWhy()
    {
        using var folder = new ServerFolder(Array.Empty<string>());
        ProcessStartInfo start = ApiProgram.Command(0, folder, "--urls", "http://0.0.0.0:0");
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using Process program = Process.Start(start)!;
        try
        {
            Task<string> output = program.StandardOutput.ReadToEndAsync();
            string error = await program.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(90));
            await program.WaitForExitAsync();

            Assert.Equal(1, program.ExitCode);
            Assert.Empty(await output);
            Assert.StartsWith("Listening on http://0.0.0.0:0", error, StringComparison.Ordinal);
            Assert.Equal('\n', Assert.Single(error, character => character == '\n'));
        }
        finally
        {
            if (!program.HasExited)
                program.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Start_askedForWithoutAuthentication_isAllowed()
    {
        // The address is every one of loopback's network, so that the test opens nothing; the guard only sees that it is not loopback by name.
        await using ApiServer server = await ApiServer.StartAsync(("Authentication:AllowUnauthenticatedNetwork", "true"));

        Assert.True(server.Port > 0);
    }
}
