using Aisle.AbReport.Comparing;
using Aisle.AbReport.Figures;
using Aisle.AbReport.Metrics;
using Aisle.AbReport.Results;
using Aisle.AbReport.Verdicts;
using Aisle.Experiments;
using Aisle.Ports;

namespace Aisle.AbReport;

/// <summary>Judges an experiment: goals against guardrails, from sums that the warehouse adds up.</summary>
public sealed class AbReporter
{
    private readonly IExperimentStore _experiments;
    private readonly TimeProvider _clock;
    private readonly AbReportOptions _options;
    private readonly IReadOnlyList<MetricDefinition> _metrics;
    private readonly ExperimentReader _reader;
    private readonly VerdictRules _rules;

    /// <summary>Sets it up.</summary>
    public AbReporter(IExperimentStore experiments, IEventWarehouse warehouse, ICatalogueStore catalogue, TimeProvider clock, AbReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _experiments = experiments;
        _clock = clock;
        _options = options;
        _metrics = [.. StandardMetrics.All, .. options.CustomMetrics];
        _reader = new ExperimentReader(warehouse, catalogue, options);
        _rules = new VerdictRules(options);
    }

    /// <summary>The report as of now; null when there is no experiment of this key.</summary>
    /// <param name="key">The experiment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ExperimentReport?> ReportAsync(string key, CancellationToken cancellationToken)
    {
        IReadOnlyList<Versioned<Experiment>> all = await _experiments.ReadAllAsync(cancellationToken);
        return all.FirstOrDefault(known => known.Value.Key == key)?.Value is { } experiment ? await ReportAsync(experiment, _clock.GetUtcNow(), cancellationToken) : null;
    }

    /// <summary>The report of an experiment as of an instant.</summary>
    /// <param name="experiment">Its definition.</param>
    /// <param name="until">The first instant that does not count, UTC; its end, or when it was stopped, if that came before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ExperimentReport> ReportAsync(Experiment experiment, DateTimeOffset until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return Judge(await _reader.ReadAsync(experiment, _metrics, experiment.CountsUntil(until), cancellationToken));
    }

    private ExperimentReport Judge(ExperimentData data)
    {
        Progress progress = Progress.Of(data.Experiment, data.Until);
        DataHealth health = HealthCheck.Of(data, _options);
        string? currency = health.HasMixedCurrencies ? null : data.Currencies.Main;
        MetricJudge judge = new(_metrics, currency, _options);
        DecisionLevels levels = new(progress.Days, progress.Planned);
        (string, long)[] users = [.. data.Experiment.Variants.Select(variant => (variant.Name, data.ArmOf(variant.Name).Visitors))];
        IReadOnlyList<VerdictReason> faults = _rules.Faults(health, users, progress);
        MetricComparer comparer = new(data, judge, levels, _options)
        {
            HasMixedCurrencies = health.HasMixedCurrencies,
            IsInvalid = faults.Count > 0,
            Decides = _rules.Decides(progress),
        };
        MetricResult[] metrics = comparer.Compare(_metrics);
        ReportVerdict verdict = _rules.Judge(faults, metrics, users, progress);
        return new ExperimentReport
        {
            Experiment = data.Experiment,
            Until = data.Until,
            Days = progress.Days,
            PlannedDays = progress.Planned,
            Alpha = _options.Alpha,
            Correction = _options.Correction,
            SmallestLift = _options.SmallestLift,
            MinimumDays = _options.MinimumDays,
            Looks = levels.Looks,
            Verdict = verdict,
            Users = users,
            Health = health,
            Metrics = metrics,
            Coverage = CoverageFigures.Of(data),
            Segments = health.HasMixedCurrencies ? [] : Segments.Of(data, _metrics[0], judge, _options),
            Series = health.HasMixedCurrencies ? [] : LiftSeries.Of(data, progress.Planned, _options),
            Distribution = health.HasMixedCurrencies ? [] : RevenueFigures.Histogram(data, judge.MinorUnits),
            Currency = currency,
            Conclusions = Conclusions.Of(verdict, metrics),
        };
    }
}
