using Aisle.AbReport.Reviewing;
using Aisle.Local.Retention;
using Aisle.Ports;
using Aisle.RetrainTrigger.Drift;
using Aisle.RetrainTrigger.Features;
using Aisle.RetrainTrigger.Guard;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.Host.Scheduling;

/// <summary>What a serving host does by itself.</summary>
/// <param name="ledger">Starts or joins a run.</param>
/// <param name="launcher">Works it off behind the scenes.</param>
/// <param name="guard">Checks freshness.</param>
/// <param name="catalogue">Looks whether the catalogue changed.</param>
/// <param name="features">Refreshes features between retrains.</param>
/// <param name="drift">Looks at the day that is over.</param>
/// <param name="experiments">Judges them all.</param>
/// <param name="retention">Removes what is too old.</param>
internal sealed class ShopJobs(
    RunLedger ledger, RunLauncher launcher, FreshnessGuard guard, CatalogueWatch catalogue, FeatureRefresher features, DriftAlarm drift, ExperimentReviewer experiments,
    RetentionSweeper retention)
{
    /// <summary>The jobs of a schedule; those that are turned off are absent.</summary>
    public IReadOnlyList<ScheduledJob> Of(ScheduleOptions schedule)
    {
        Dictionary<string, Func<CancellationToken, Task>> work = new()
        {
            ["retrain"] = RetrainAsync,
            ["guard"] = guard.CheckAsync,
            ["content"] = ContentAsync,
            ["catalogue_changes"] = CatalogueChangesAsync,
            ["price_features"] = features.RefreshPricesAsync,
            ["purchase_counts"] = features.RefreshPurchaseCountsAsync,
            ["drift"] = drift.CheckAsync,
            ["experiments"] = experiments.ReviewAsync,
            ["retention"] = retention.SweepAsync,
        };
        return [.. from chore in Expressions(schedule)
                   let when = ScheduleOptions.Parse(chore.Key, chore.Value)
                   where when is not null
                   select new ScheduledJob(chore.Key, when, work[chore.Key])];
    }

    /// <summary>The cron expression of each chore, in the order in which they are looked at.</summary>
    internal static Dictionary<string, string> Expressions(ScheduleOptions schedule) => new()
    {
        ["retrain"] = schedule.Retrain,
        ["guard"] = schedule.Guard,
        ["content"] = schedule.Content,
        ["catalogue_changes"] = schedule.CatalogueChanges,
        ["price_features"] = schedule.PriceFeatures,
        ["purchase_counts"] = schedule.PurchaseCounts,
        ["drift"] = schedule.Drift,
        ["experiments"] = schedule.Experiments,
        ["retention"] = schedule.Retention,
    };

    private async Task RetrainAsync(CancellationToken cancellationToken) => Launch(await ledger.TriggerAsync(isForced: false, cancellationToken));

    private async Task ContentAsync(CancellationToken cancellationToken) => Launch(await ledger.TriggerAsync(RunKind.Content, isForced: true, cancellationToken));

    private async Task CatalogueChangesAsync(CancellationToken cancellationToken) => Launch(await catalogue.TriggerIfChangedAsync(cancellationToken));

    private void Launch(TriggerOutcome? outcome)
    {
        if (outcome is TriggerOutcome.Started started)
        {
            launcher.Launch(started.Run);
        }
    }
}
