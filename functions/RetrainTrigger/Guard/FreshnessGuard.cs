using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using Aisle.Alerts;
using Aisle.Candidates;
using Aisle.Candidates.Lists;
using Aisle.Ports;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.RetrainTrigger.Guard;

/// <summary>Knows how old the serving model is, by the newest event it was trained on, and how old features and candidate lists are;
/// raises an alert when one is too old.</summary>
public sealed class FreshnessGuard(
    ICandidateStore candidates, IModelStore models, RunLedger ledger, EpisodeAlerts alerts, TimeProvider clock, RetrainOptions options) : IDisposable
{
    /// <summary>What <see cref="Alert.Kind"/> says of a model that is too old, damaged or missing.</summary>
    public const string AlertKind = "model_stale";

    /// <summary>What <see cref="Alert.Kind"/> says of batch features that are too old.</summary>
    public const string FeatureAlertKind = "features_stale";

    /// <summary>What <see cref="Alert.Kind"/> says of candidate lists that are too old.</summary>
    public const string CandidateAlertKind = "candidates_stale";

    private const string NoModel = "No model serves; trigger a retrain with POST /v1/retrain.";

    private readonly Meter _meter = new("Aisle.RetrainTrigger");
    private Gauge<double>? _age;

    /// <summary>Checks now. The first stale check of an episode raises an alert, the first fresh one after it a
    /// recovery, whichever instance checks.</summary>
    public async Task<GuardOutcome> CheckAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        GuardOutcome outcome = await LookAsync(now, cancellationToken);
        if (outcome.ModelAge is { } age)
        {
            _age ??= _meter.CreateGauge<double>("aisle.model.age", "s", "Since the newest event that the serving model was trained on.");
            _age.Record(age.TotalSeconds);
        }

        foreach (Finding finding in outcome.Findings)
        {
            await alerts.TellAsync(finding, cancellationToken);
        }

        return outcome;
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private async Task<GuardOutcome> LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        (ServingManifest? serving, string? problem) = await ServingAsync(cancellationToken);
        if (serving is null)
        {
            return new GuardOutcome(null, null, null, options.MaxModelAge, null, null, [new Finding(AlertKind, IsRaised: true, problem ?? NoModel)]);
        }

        IReadOnlyList<Run> runs = await ledger.LatestAsync(cancellationToken);
        TimeSpan? features = now - runs.FirstOrDefault(run => run.Steps.Any(step => step is { Name: StepNames.Features, State: RunStepState.Done }))?.AsOf;
        TimeSpan? lists = now - runs.FirstOrDefault(run => run.ModelVersion == serving.ModelVersion)?.AsOf;
        return new GuardOutcome(
            serving.ModelVersion, now - serving.NewestEventAt, now - serving.TrainedAt, options.MaxModelAge, features, lists,
            [
                problem is null ? ModelFinding(serving, now) : new Finding(AlertKind, IsRaised: true, problem),
                AgeFinding(FeatureAlertKind, "Batch features", features, options.MaxFeatureAge),
                AgeFinding(CandidateAlertKind, "Candidate lists", lists, options.MaxCandidateAge),
            ]);
    }

    // A pointer or a bundle that cannot be read is as bad as an old model, and worse than none looked at.
    private async Task<(ServingManifest? Serving, string? Problem)> ServingAsync(CancellationToken cancellationToken)
    {
        ServingManifest? serving;
        try
        {
            serving = await candidates.ReadManifestAsync(cancellationToken);
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidDataException)
        {
            return (null, $"The pointer to the serving model is damaged ({damaged.Message}). Promote a model by hand: POST /v1/models/{{version}}/promote.");
        }

        try
        {
            return serving is null || await models.OpenAsync(serving.ModelVersion, cancellationToken) is not { } folder
                ? (serving, serving is null ? null : $"The bundle of the serving model {serving.ModelVersion} is missing: instances that "
                    + "start now cannot load it. Roll back with POST /v1/models/rollback, or train again.")
                : (serving, ModelBundle.Verify(folder) == serving.ModelVersion ? null : $"The bundle {serving.ModelVersion} holds another "
                    + "version. Roll back with POST /v1/models/rollback.");
        }
        catch (InvalidDataException damaged)
        {
            return (serving, $"The bundle of the serving model {serving!.ModelVersion} is damaged: instances that start now cannot load it. {damaged.Message}");
        }
    }

    private Finding ModelFinding(ServingManifest serving, DateTimeOffset now)
    {
        TimeSpan age = now - serving.NewestEventAt;
        bool isStale = age > options.MaxModelAge;
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"The model {serving.ModelVersion} was trained on events up to {serving.NewestEventAt:yyyy-MM-dd HH:mm} UTC, "
            + $"{age.TotalHours:0.0} h ago; {(isStale ? "more" : "not more")} than the {options.MaxModelAge.TotalHours:0.#} h allowed.");
        message += age < TimeSpan.Zero ? " That lies ahead of this clock: check the clock." : isStale ? " Check that events arrive, then "
            + "trigger a retrain." : "";
        return new Finding(AlertKind, isStale, message);
    }

    private static Finding AgeFinding(string kind, string what, TimeSpan? age, TimeSpan allowed)
    {
        bool isStale = age > allowed;
        string message = age is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"{what} are {known.TotalHours:0.0} h old; {allowed.TotalHours:0.#} h are allowed.")
            : $"How old {what.ToLowerInvariant()} are is not known: the run that wrote them is no longer kept.";
        return new Finding(kind, isStale, isStale ? message + " Look at the latest runs in GET /v1/runs, then trigger a retrain." : message);
    }
}
