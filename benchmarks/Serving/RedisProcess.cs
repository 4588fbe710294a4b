using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aisle.Benchmarks.Serving;

/// <summary>A Redis or Valkey server of the machine, without files, ended with the benchmark.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private readonly Process _process;

    private RedisProcess(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Starts one and waits until it listens; null when none is installed.</summary>
    public static async Task<RedisProcess?> TryStartAsync(CancellationToken cancellationToken)
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Process? process = TryStart("redis-server", port) ?? TryStart("valkey-server", port);
        if (process is null)
        {
            return null;
        }

        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line && !line.Contains("Ready to accept connections", StringComparison.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new RedisProcess(process, port);
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process? TryStart(string program, int port)
    {
        string[] arguments = ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
