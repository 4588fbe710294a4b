using System.Diagnostics.Metrics;

namespace Aisle.IngestEvent;

/// <summary>What the function counts: meter <c>Aisle.IngestEvent</c>.</summary>
public sealed class IngestMetrics : IDisposable
{
    private readonly Meter _meter = new("Aisle.IngestEvent");
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _written;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _parked;
    private readonly Histogram<double> _freshness;

    /// <summary>Makes the instruments.</summary>
    public IngestMetrics()
    {
        _accepted = _meter.CreateCounter<long>("aisle.collector.accepted", "{event}", "Events published.");
        _repeated = _meter.CreateCounter<long>("aisle.collector.repeated", "{event}", "Events that repeated an id of their batch.");
        _rejected = _meter.CreateCounter<long>("aisle.collector.rejected", "{event}", "Events that broke a rule.");
        _written = _meter.CreateCounter<long>("aisle.ingest.written", "{event}", "Events appended to the warehouse.");
        _duplicates = _meter.CreateCounter<long>("aisle.ingest.duplicates", "{event}", "Events that were known already.");
        _parked = _meter.CreateCounter<long>("aisle.ingest.parked", "{event}", "Messages that are no events.");
        _freshness = _meter.CreateHistogram<double>("aisle.ingest.freshness", "s", "Event time to visible feature.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Collected(int accepted, int repeated, int rejected)
    {
        _accepted.Add(accepted);
        _repeated.Add(repeated);
        _rejected.Add(rejected);
    }

    internal void Ingested(int written, int duplicates, int parked)
    {
        _written.Add(written);
        _duplicates.Add(duplicates);
        _parked.Add(parked);
    }

    internal void Visible(TimeSpan sinceEvent) => _freshness.Record(Math.Max(0, sinceEvent.TotalSeconds));
}
