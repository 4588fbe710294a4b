using System.Diagnostics;

namespace Aisle.Benchmarks.Speed;

/// <summary>Notes how long each iteration of a training took.</summary>
internal sealed class IterationClock : IProgress<double>
{
    private readonly List<double> _seconds = [];
    private readonly List<double> _cpu = [];
    private (double Seconds, double Cpu)? _half;
    private long _last = Stopwatch.GetTimestamp();
    private TimeSpan _lastCpu = Process.GetCurrentProcess().TotalProcessorTime;

    /// <summary>Seconds of each whole iteration.</summary>
    public IReadOnlyList<double> Seconds => _seconds;

    /// <summary>Processor seconds of each whole iteration, all threads together: what other programs on the
    /// machine cannot inflate much.</summary>
    public IReadOnlyList<double> CpuSeconds => _cpu;

    /// <inheritdoc/>
    public void Report(double value)
    {
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        (double Seconds, double Cpu) now = (Stopwatch.GetElapsedTime(_last).TotalSeconds, (cpu - _lastCpu).TotalSeconds);
        if (_half is { } before)
        {
            _seconds.Add(before.Seconds + now.Seconds);
            _cpu.Add(before.Cpu + now.Cpu);
            _half = null;
        }
        else
        {
            _half = now;
        }

        _lastCpu = cpu;
        _last = Stopwatch.GetTimestamp();
    }

    /// <summary>Leaves out the time since the last report.</summary>
    public void Restart()
    {
        _lastCpu = Process.GetCurrentProcess().TotalProcessorTime;
        _last = Stopwatch.GetTimestamp();
    }

    /// <summary>The median of a list of seconds.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
