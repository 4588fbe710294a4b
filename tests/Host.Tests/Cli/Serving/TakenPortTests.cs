using System.Net;
using System.Net.Sockets;
using Aisle.Testing;

namespace Aisle.Host.Tests.Cli.Serving;

/// <summary>A port that something else listens on.</summary>
public sealed class TakenPortTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TcpListener _other = new(IPAddress.Loopback, 0);

    public TakenPortTests() => _other.Start();

    private int Port => ((IPEndPoint)_other.LocalEndpoint).Port;

    [Theory]
    [InlineData("--port")]
    [InlineData("--http2-port")]
    public async Task It_is_said_before_the_demo_shop_is_made(string option)
    {
        string[] ports = option == "--port" ? [option, $"{Port}"] : ["--port", "0", option, $"{Port}"];

        CommandLine run = await CommandLine.RunAsync(TestContext.Current.CancellationToken, ["serve", "--data", _folder.Path, .. ports]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"aisle: {option}: {Port} cannot be listened on", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    public void Dispose()
    {
        _other.Dispose();
        _folder.Dispose();
    }
}
