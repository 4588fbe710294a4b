using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Aisle.Testing;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(Aisle.Redis.Tests.RedisServer))]

namespace Aisle.Redis.Tests;

/// <summary>A real server for all tests of this project, on a port of its own, without files; each test takes databases of its own. Where
/// none is installed the tests skip and say so.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private const int Databases = 256;

    private readonly TemporaryFolder _folder = new();
    private Process? _process;
    private int _next = -1;

    /// <summary>Where it listens.</summary>
    public int Port { get; private set; }

    /// <summary>So many empty databases as servers of one store; the test's to dispose.</summary>
    public RedisShards Shards(int servers)
    {
        Assert.SkipWhen(_process is null, "There is neither redis-server nor valkey-server: install one (apt install redis-server).");
        int first = Interlocked.Add(ref _next, servers) - servers + 1;
        return RedisShards.Connect(string.Join(';', Enumerable.Range(first, servers).Select(database => $"127.0.0.1:{Port},defaultDatabase={database}")), "test");
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Port = FreePort();
        _process = Start("redis-server") ?? Start("valkey-server");
        if (_process is null)
        {
            return;
        }

        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(20));
        while (!await AnswersAsync(deadline.Token))
        {
            await Task.Delay(20, deadline.Token);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        ConfigurationOptions options = new() { EndPoints = { { IPAddress.Loopback, Port } }, AbortOnConnectFail = false, ConnectTimeout = 500 };
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(options);
        cancellationToken.ThrowIfCancellationRequested();
        return connection.IsConnected;
    }

    private Process? Start(string program)
    {
        string[] arguments =
        [
            "--port", Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
            "--databases", Databases.ToString(System.Globalization.CultureInfo.InvariantCulture), "--dir", _folder.Path,
        ];
        try
        {
            Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            process.BeginOutputReadLine();
            return process;
        }
        catch (Win32Exception)
        {
            return null; // not installed
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
