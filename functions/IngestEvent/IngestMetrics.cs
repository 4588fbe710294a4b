using System.Diagnostics.Metrics;

namespace Aisle.IngestEvent;

/// <summary>What the function counts: meter <c>Aisle.IngestEvent</c>.</summary>
public sealed class IngestMetrics : IDisposable
{
    /// <summary>Upper bounds of the histogram of freshness, seconds: fine below the promised second, coarse to the 72
    /// hours that an event may be late.</summary>
    private static readonly double[] FreshnessBounds =
        [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10, 30, 60, 600, 3_600, 21_600, 86_400, 259_200];

    private readonly Meter _meter = new("Aisle.IngestEvent");
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _turnedAway;
    private readonly Counter<long> _merged;
    private readonly Counter<long> _unmerged;
    private readonly Counter<long> _written;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _parked;
    private readonly Counter<long> _known;
    private readonly Counter<long> _unknown;
    private readonly Histogram<double> _freshness;

    /// <summary>Makes the instruments.</summary>
    public IngestMetrics()
    {
        _accepted = _meter.CreateCounter<long>("aisle.collector.accepted", "{event}", "Events published.");
        _repeated = _meter.CreateCounter<long>("aisle.collector.repeated", "{event}", "Events that repeated an id of their batch.");
        _rejected = _meter.CreateCounter<long>("aisle.collector.rejected", "{event}", "Events that broke a rule.");
        _turnedAway = _meter.CreateCounter<long>("aisle.collector.turned_away", "{request}", "Requests answered 503 because too much was under way.");
        _merged = _meter.CreateCounter<long>("aisle.collector.identities.merged", "{request}", "Visitors who became users.");
        _unmerged = _meter.CreateCounter<long>("aisle.collector.identities.unmerged", "{request}", "Requests that named a customer as a "
            + "visitor and changed nothing.");
        _written = _meter.CreateCounter<long>("aisle.ingest.written", "{event}", "Events appended to the warehouse.");
        _duplicates = _meter.CreateCounter<long>("aisle.ingest.duplicates", "{event}", "Events that were known already.");
        _parked = _meter.CreateCounter<long>("aisle.ingest.parked", "{event}", "Messages that are no events.");
        _known = _meter.CreateCounter<long>("aisle.ingest.products.known", "{event}", "Events whose product the catalogue has.");
        _unknown = _meter.CreateCounter<long>("aisle.ingest.products.unknown", "{event}", "Events whose product the catalogue has not; "
            + "the join rate is known / (known + unknown).");
        _freshness = _meter.CreateHistogram(
            "aisle.ingest.freshness", "s", "Event time to visible feature.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = FreshnessBounds });
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Collected(int accepted, int repeated, int rejected)
    {
        _accepted.Add(accepted);
        _repeated.Add(repeated);
        _rejected.Add(rejected);
    }

    internal void Identified(bool isMerged) => (isMerged ? _merged : _unmerged).Add(1);

    internal void TurnedAway() => _turnedAway.Add(1);

    internal void Ingested(int written, int duplicates, int parked)
    {
        _written.Add(written);
        _duplicates.Add(duplicates);
        _parked.Add(parked);
    }

    internal void Joined(int known, int unknown)
    {
        _known.Add(known);
        _unknown.Add(unknown);
    }

    internal void Visible(TimeSpan sinceEvent) => _freshness.Record(Math.Max(0, sinceEvent.TotalSeconds));
}
