using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Aisle.Host.Metrics;

/// <summary>Sums up what the meters of this program measure, from the start of the process on.</summary>
internal sealed class MeterRecorder : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, Series>> _series = [];

    /// <summary>Begins to listen to every meter whose name begins with <c>Aisle</c>.</summary>
    public MeterRecorder()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("Aisle", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>All series, ordered by name, in the text format of Prometheus.</summary>
    public string ToPrometheus()
    {
        _listener.RecordObservableInstruments();
        StringBuilder text = new();
        foreach ((Instrument instrument, ConcurrentDictionary<string, Series> series) in _series.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal))
        {
            PrometheusText.Write(text, instrument, series);
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Series series = _series.GetOrAdd(instrument, static _ => []).GetOrAdd(PrometheusText.Labels(tags), static (_, i) => Series.For(i), instrument);
        series.Record(value);
    }
}
