using Aisle.Events;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Sql;

using Aisle.Statistics;

namespace Aisle.AbReport;

/// <summary>Judges an experiment: revenue per visitor, conversion and click-through of each variant against the control.</summary>
public sealed class AbReporter(IExperimentStore experiments, IEventWarehouse warehouse, TimeProvider clock, AbReportOptions options)
{
    /// <summary>The report as of now; null when there is no experiment of this key.</summary>
    /// <param name="key">The experiment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ExperimentReport?> ReportAsync(string key, CancellationToken cancellationToken)
    {
        IReadOnlyList<Versioned<Experiment>> all = await experiments.ReadAllAsync(cancellationToken);
        if (all.FirstOrDefault(known => known.Value.Key == key)?.Value is not { } experiment)
        {
            return null;
        }

        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset until = now < experiment.EndsAt ? now : experiment.EndsAt;
        Dictionary<string, ArmTotals> arms = experiment.Variants.ToDictionary(variant => variant.Name, _ => new ArmTotals());
        long mixed = 0;
        string? currency = null;
        Dictionary<string, object> parameters = new() { ["experiment"] = key, ["from"] = experiment.StartsAt, ["to"] = until };
        await foreach (ExperimentUser user in warehouse.QueryAsync(PortableQueries.ExperimentUsers, parameters, cancellationToken))
        {
            currency ??= user.Currency;
            if (user.Variants > 1)
            {
                mixed++;
            }
            else if (arms.TryGetValue(user.Variant, out ArmTotals? arm))
            {
                arm.Add(user);
            }
        }

        return Judge(experiment, until, arms, mixed, currency);
    }

    private ExperimentReport Judge(
        Experiment experiment, DateTimeOffset until, Dictionary<string, ArmTotals> arms, long mixed, string? currency)
    {
        double days = Math.Max((until - experiment.StartsAt).TotalDays, 0);
        SampleRatioCheck ratio = SampleRatioCheck.Of(
            [.. experiment.Variants.Select(variant => (double)arms[variant.Name].Users)],
            [.. experiment.Variants.Select(variant => (double)(variant.ToBucket - variant.FromBucket))],
            SampleRatioCheck.DefaultThreshold);
        bool decides = days >= options.MinimumDays && !ratio.IsMismatch;
        ArmTotals control = arms[experiment.Variants[0].Name];
        MetricResult[] metrics = [.. experiment.Variants.Skip(1).SelectMany(
            variant => Compare(control, arms[variant.Name], variant.Name, currency, ratio.IsMismatch, decides))];
        return new ExperimentReport
        {
            Experiment = experiment,
            Until = until,
            Days = days,
            Alpha = options.Alpha,
            Users = [.. experiment.Variants.Select(variant => (variant.Name, arms[variant.Name].Users))],
            MixedUsers = mixed,
            SampleRatio = ratio,
            Metrics = metrics,
            Conclusions = Conclusions.Of(metrics, ratio, days, options),
        };
    }

    private IEnumerable<MetricResult> Compare(
        ArmTotals control, ArmTotals treatment, string variant, string? currency, bool mismatch, bool decides)
    {
        double scale = currency is null ? 100 : Math.Pow(10, Money.Digits(currency));
        (string Metric, string Unit, ArmComparison Comparison)[] compared =
        [
            ("revenue_per_user", currency ?? "units", ArmComparison.OfMeans(control.RevenuePerUser(scale), treatment.RevenuePerUser(scale), options.Alpha)),
            ("conversion", "share of users", ArmComparison.OfMeans(control.Conversion(), treatment.Conversion(), options.Alpha)),
            ("click_through", "clicks per impression", ArmComparison.OfRatios(control.ClickThrough(), treatment.ClickThrough(), options.Alpha)),
        ];
        return compared.Select(one => new MetricResult(one.Metric, one.Unit, variant, one.Comparison, Verdict(one.Comparison, mismatch, decides)));
    }

    private MetricVerdict Verdict(ArmComparison comparison, bool mismatch, bool decides) => comparison switch
    {
        _ when mismatch => MetricVerdict.NoAnswer,
        { Status: not ComparisonStatus.Ok } => MetricVerdict.NoAnswer,
        _ when !decides => MetricVerdict.KeepRunning,
        { PValue: { } p } when p >= options.Alpha => MetricVerdict.KeepRunning,
        { Difference: > 0 } => MetricVerdict.Higher,
        _ => MetricVerdict.Lower,
    };
}
