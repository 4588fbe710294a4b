using System.Diagnostics.Metrics;

namespace Aisle.Host.Metrics;

/// <summary>One instrument with one set of labels.</summary>
internal sealed class Series
{
    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock _lock = new();
    private readonly bool _isLast;
    private readonly long[] _counts;
    private double _sum;
    private long _count;

    private Series(bool isLast, double[] bounds)
    {
        _isLast = isLast;
        Bounds = bounds;
        _counts = new long[bounds.Length];
    }

    /// <summary>Upper bounds of the buckets; empty where the instrument is no histogram.</summary>
    public double[] Bounds { get; }

    /// <summary>The series of an instrument: counters add up, gauges keep the last, histograms fill buckets.</summary>
    public static Series For(Instrument instrument)
    {
        string kind = instrument.GetType().Name;
        bool isHistogram = kind.StartsWith("Histogram", StringComparison.Ordinal);
        bool isLast = kind.Contains("Gauge", StringComparison.Ordinal) || kind.StartsWith("Observable", StringComparison.Ordinal);
        double[] advised = instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } ? [.. bounds] : DefaultBounds;
        return new Series(isLast, isHistogram ? advised : []);
    }

    /// <summary>Takes one measurement.</summary>
    public void Record(double value)
    {
        lock (_lock)
        {
            _sum = _isLast ? value : _sum + value;
            _count++;
            int bucket = Array.FindIndex(Bounds, bound => value <= bound);
            if (bucket >= 0)
            {
                _counts[bucket]++;
            }
        }
    }

    /// <summary>The sum, the count, and how many lie in each bucket, at one moment.</summary>
    public (double Sum, long Count, long[] Buckets) Read()
    {
        lock (_lock)
        {
            return (_sum, _count, [.. _counts]);
        }
    }
}
