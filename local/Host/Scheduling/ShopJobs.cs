using Aisle.RetrainTrigger;

namespace Aisle.Host.Scheduling;

/// <summary>What a serving host does by itself.</summary>
/// <param name="ledger">Starts or joins a run.</param>
/// <param name="launcher">Works it off behind the scenes.</param>
/// <param name="guard">Checks freshness.</param>
/// <param name="features">Refreshes features between retrains.</param>
internal sealed class ShopJobs(RunLedger ledger, RunLauncher launcher, FreshnessGuard guard, FeatureRefresher features)
{
    /// <summary>The jobs of a schedule; those that are turned off are absent.</summary>
    public IReadOnlyList<ScheduledJob> Of(ScheduleOptions schedule)
    {
        List<ScheduledJob> jobs = [];
        Add("retrain", schedule.Retrain, RetrainAsync);
        Add("guard", schedule.Guard, guard.CheckAsync);
        Add("price_features", schedule.PriceFeatures, features.RefreshPricesAsync);
        Add("purchase_counts", schedule.PurchaseCounts, features.RefreshPurchaseCountsAsync);
        return jobs;

        void Add(string name, string expression, Func<CancellationToken, Task> run)
        {
            if (ScheduleOptions.Parse(name, expression) is { } when)
            {
                jobs.Add(new ScheduledJob(name, when, run));
            }
        }
    }

    private async Task RetrainAsync(CancellationToken cancellationToken)
    {
        if (await ledger.TriggerAsync(isForced: false, cancellationToken) is TriggerOutcome.Started started)
        {
            launcher.Launch(started.Run);
        }
    }
}
