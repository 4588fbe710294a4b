using System.Diagnostics;

namespace Aisle.Benchmarks.Speed;

/// <summary>Notes how long each iteration of a training took.</summary>
internal sealed class IterationClock : IProgress<double>
{
    private readonly List<double> _seconds = [];
    private readonly List<double> _halves = [];
    private readonly List<double> _cpu = [];
    private long _last = Stopwatch.GetTimestamp();
    private TimeSpan _lastCpu = Process.GetCurrentProcess().TotalProcessorTime;

    /// <summary>Seconds of each whole iteration.</summary>
    public IReadOnlyList<double> Seconds => _seconds;

    /// <summary>Seconds of each half-step, users and items by turns.</summary>
    public IReadOnlyList<double> Halves => _halves;

    /// <summary>Processor seconds of each half-step, all threads together: what other programs on the machine cannot inflate much.</summary>
    public IReadOnlyList<double> CpuHalves => _cpu;

    /// <inheritdoc/>
    public void Report(double value)
    {
        _halves.Add(Stopwatch.GetElapsedTime(_last).TotalSeconds);
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        _cpu.Add((cpu - _lastCpu).TotalSeconds);
        _lastCpu = cpu;
        _last = Stopwatch.GetTimestamp();
        if (_halves.Count % 2 == 0)
        {
            _seconds.Add(_halves[^1] + _halves[^2]);
        }
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
