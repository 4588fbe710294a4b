using System.Diagnostics.Metrics;

namespace Aisle.Benchmarks.Ingest;

/// <summary>Listens to the function's own histogram of freshness, and keeps every value until it is taken.</summary>
internal sealed class FreshnessMeter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private List<double> _seconds = [];
    private long _count;

    /// <summary>Begins to listen.</summary>
    public FreshnessMeter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "aisle.ingest.freshness")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) => Add(value));
        _listener.Start();
    }

    /// <summary>How many events became visible so far.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Waits until that many events are visible.</summary>
    public async Task WaitForAsync(long count, CancellationToken cancellationToken)
    {
        while (Count < count)
        {
            await Task.Delay(2, cancellationToken);
        }
    }

    /// <summary>The values since the last call, in seconds, least first.</summary>
    public double[] Take()
    {
        lock (_lock)
        {
            double[] taken = [.. _seconds.Order()];
            _seconds = [];
            return taken;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Add(double value)
    {
        lock (_lock)
        {
            _seconds.Add(value);
        }

        Interlocked.Increment(ref _count);
    }
}
