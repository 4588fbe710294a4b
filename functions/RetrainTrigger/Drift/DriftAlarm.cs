using System.Diagnostics.Metrics;
using Aisle.Alerts;

namespace Aisle.RetrainTrigger.Drift;

/// <summary>Alerts of drift once when it begins and once when it is over, and keeps its figures as gauges.</summary>
public sealed class DriftAlarm : IDisposable
{
    private readonly DriftWatch _watch;
    private readonly EpisodeAlerts _alerts;
    private readonly Meter _meter = new("Aisle.RetrainTrigger.Drift");
    private readonly Gauge<double> _figures;

    /// <summary>Looks by a watch and alerts by episodes.</summary>
    public DriftAlarm(DriftWatch watch, EpisodeAlerts alerts)
    {
        (_watch, _alerts) = (watch, alerts);
        _figures = _meter.CreateGauge<double>("aisle.drift", "1", "Stability indexes, and click rates by shelf, of the last whole day.");
    }

    /// <summary>Looks at the last whole day and tells of what begins or ends with it.</summary>
    public async Task<DriftReport> CheckAsync(CancellationToken cancellationToken)
    {
        DriftReport report = await _watch.LookAsync(cancellationToken);
        foreach (DriftFinding finding in report.Findings)
        {
            if (finding.Value is { } value)
            {
                _figures.Record(value, new KeyValuePair<string, object?>("kind", finding.Kind));
            }

            if (finding.Limit is not null)
            {
                await _alerts.TellAsync(new Finding(finding.Kind, finding.IsDrifted, finding.Message) { IsUrgent = false }, cancellationToken);
            }
        }

        return report;
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
