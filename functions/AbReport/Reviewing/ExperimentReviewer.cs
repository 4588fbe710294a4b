using Aisle.AbReport.Results;
using Aisle.Alerts;
using Aisle.Experiments;
using Aisle.Ports;
using Microsoft.Extensions.Logging;

namespace Aisle.AbReport.Reviewing;

/// <summary>Judges every running experiment, and once more each that is over, and tells who must know: once when something goes wrong, once when that is over, once of each decision.</summary>
/// <param name="experiments">All experiments.</param>
/// <param name="reporter">Judges.</param>
/// <param name="episodes">Remembers what was told.</param>
/// <param name="alerts">Tells.</param>
/// <param name="clock">Says which experiments are running.</param>
/// <param name="logger">Told of experiments that could not be judged.</param>
public sealed class ExperimentReviewer(
    IExperimentStore experiments, AbReporter reporter, Episodes episodes, EpisodeAlerts alerts, TimeProvider clock, ILogger<ExperimentReviewer> logger)
{
    /// <summary>An experiment that was over for longer is history: nobody waits for its verdict, and its events begin to expire.</summary>
    public static readonly TimeSpan History = TimeSpan.FromDays(30);

    // Nobody is told of this one: it says that an experiment which is over needs no further look.
    private const string ClosedKind = "experiment_closed";

    /// <summary>Reviews now. An experiment that cannot be judged, or of which nobody could be told, is named with the reason, keeps no other from being judged, and is due again at the next review.</summary>
    public async Task<ExperimentReview> ReviewAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        List<ReviewedExperiment> reviewed = [];
        foreach (Versioned<Experiment> known in await experiments.ReadAllAsync(cancellationToken))
        {
            if (HasBegun(known.Value, now) && await ReviewAsync(known.Value, now, cancellationToken) is { } one)
            {
                reviewed.Add(one);
            }
        }

        return new ExperimentReview(now, reviewed);
    }

    private async Task<ReviewedExperiment?> ReviewAsync(Experiment experiment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        bool isOver = experiment.State == ExperimentState.Stopped || now >= experiment.EndsAt;
        Finding closed = new(ClosedKind, isOver, "") { Subject = experiment.Key };
        ReviewedExperiment reviewed = new(experiment.Key, isOver);
        List<string> told = [];
        try
        {
            if (isOver && await episodes.IsToldAsync(closed, cancellationToken))
            {
                return null;
            }

            if (DamageOf(experiment) is { } damage)
            {
                logger.LogError("The experiment {Experiment} cannot be reviewed: {Damage}.", experiment.Key, damage);
                return Faulty(reviewed, damage);
            }

            ExperimentReport report = await reporter.ReportAsync(experiment, isOver ? now : LookAt(experiment, now), cancellationToken);
            reviewed = reviewed with { Verdict = report.Verdict, Told = told };
            if (await TellAsync(report, isOver, told, cancellationToken))
            {
                await RememberAsync(closed, now, cancellationToken);
            }

            return reviewed;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            // Broad: each store and sink throws what its driver throws, and one experiment's fault must not keep the others from being judged.
            logger.LogError(fault, "The experiment {Experiment} could not be reviewed; it is tried again at the next review.", experiment.Key);
            return Faulty(reviewed, fault.Message.TrimEnd('.'));
        }
    }

    // Whole days since the start, at whatever hour the review comes: else no week would ever be whole. Nothing is decided on the first day, which is judged as it stands.
    private static DateTimeOffset LookAt(Experiment experiment, DateTimeOffset now)
    {
        int days = (now - experiment.StartsAt).Days;
        return days > 0 ? experiment.StartsAt.AddDays(days) : now;
    }

    // Whether nothing is left to tell: another instance may still be at it, and die.
    private async Task<bool> TellAsync(ExperimentReport report, bool isOver, List<string> told, CancellationToken cancellationToken)
    {
        bool isAllTold = true;
        foreach (Finding finding in ExperimentFindings.Of(report, isOver))
        {
            if (await alerts.TellAsync(finding, cancellationToken))
            {
                told.Add(finding.Kind);
            }

            isAllTold &= await episodes.IsToldAsync(finding, cancellationToken);
        }

        return isAllTold;
    }

    private static ReviewedExperiment Faulty(ReviewedExperiment reviewed, string reason)
    {
        string step = reviewed.Verdict is null ? "could not be judged" : "was judged, but not all could be told";
        return reviewed with { Fault = $"It {step} ({reason}). It is tried again at the next review; if that fails too, look at it with GET /v1/experiments/{reviewed.Key}." };
    }

    // The API takes no such definition; a store that was written to by other hands may have one.
    private static string? DamageOf(Experiment experiment) => experiment switch
    {
        { Variants.Count: < 2 } => "its definition has fewer than two variants",
        _ when experiment.EndsAt <= experiment.StartsAt => "its definition does not end after it begins",
        _ => null,
    };

    // One whose end was moved on is open again.
    private async Task RememberAsync(Finding closed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await episodes.BeginAsync(closed, now, cancellationToken) is { } telling)
        {
            await episodes.EndAsync(telling, now, cancellationToken);
        }
    }

    private static bool HasBegun(Experiment experiment, DateTimeOffset now) =>
        experiment.State != ExperimentState.Draft
        && experiment.StartsAt <= now
        && !(experiment.StoppedAt <= experiment.StartsAt)
        && now - experiment.CountsUntil(now) <= History;
}
