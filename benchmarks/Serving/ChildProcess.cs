using System.Diagnostics;

namespace Aisle.Benchmarks.Serving;

/// <summary>A .NET program that lies beside the benchmarks, started as a process of its own and ended with the benchmark.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process, long startedAt)
    {
        _process = process;
        StartedAt = startedAt;
    }

    /// <summary>The timestamp just before the process was started.</summary>
    public long StartedAt { get; }

    /// <summary>The processor time that the process has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="assembly">Its assembly's file name.</param>
    /// <param name="arguments">Its command line.</param>
    public static ChildProcess Start(string assembly, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments])
        {
            RedirectStandardOutput = true,
        };
        long now = Stopwatch.GetTimestamp();
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{assembly} cannot be started.");
        return new ChildProcess(process, now);
    }

    /// <summary>Reads the program's lines until one holds the text.</summary>
    /// <exception cref="InvalidOperationException">The program ended before it printed one.</exception>
    public async Task<string> WaitForLineAsync(string text, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
                return line;
            }
        }

        throw new InvalidOperationException($"The program ended without printing '{text}'.");
    }

    /// <summary>Ends the process and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
