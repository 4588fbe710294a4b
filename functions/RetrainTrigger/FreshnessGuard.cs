using System.Globalization;
using Aisle.Ports;

namespace Aisle.RetrainTrigger;

/// <summary>Knows how old the serving model is, by the newest event it was trained on, and raises an alert when it is too old.</summary>
public sealed class FreshnessGuard(ICandidateStore candidates, IAlertSink alerts, TimeProvider clock, RetrainOptions options)
{
    /// <summary>What <see cref="Alert.Kind"/> says.</summary>
    public const string AlertKind = "model_stale";

    private bool _isAlerting;

    /// <summary>Checks now. The first stale check of an episode raises an alert, the first fresh one after it a recovery; an instance remembers its own episodes.</summary>
    public async Task<GuardOutcome> CheckAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (await candidates.ReadManifestAsync(cancellationToken) is not { } serving)
        {
            const string Nothing = "No model serves; trigger a retrain with POST /v1/retrain.";
            await AlertAsync(isStale: true, Nothing, now, cancellationToken);
            return new GuardOutcome(null, null, null, options.MaxModelAge, IsStale: true, Nothing);
        }

        TimeSpan age = now - serving.NewestEventAt;
        bool stale = age > options.MaxModelAge;
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"The model {serving.ModelVersion} was trained on events up to {serving.NewestEventAt:yyyy-MM-dd HH:mm} UTC, {age.TotalHours:0.0} h ago; {(stale ? "more" : "not more")} than the {options.MaxModelAge.TotalHours:0.#} h allowed.");
        if (stale)
        {
            message += " Check that events arrive, then trigger a retrain.";
        }

        await AlertAsync(stale, message, now, cancellationToken);

        return new GuardOutcome(serving.ModelVersion, age, now - serving.TrainedAt, options.MaxModelAge, stale, message);
    }

    private async Task AlertAsync(bool isStale, string message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (isStale == _isAlerting)
        {
            return;
        }

        await alerts.RaiseAsync(new Alert(AlertKind, IsRecovery: !isStale, message, now), cancellationToken);
        _isAlerting = isStale;
    }
}
