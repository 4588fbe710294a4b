using Aisle.Candidates;
using Aisle.Candidates.Lists;
using Aisle.Ports;
using Aisle.RetrainTrigger.Recipes;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.RetrainTrigger.Gate;

/// <summary>Brings to the gate what it decides by: the bundle as it lies on the shelf, the serving model, and the
/// run that made that one.</summary>
/// <param name="candidates">Says which model serves.</param>
/// <param name="models">The bundles.</param>
/// <param name="ledger">The runs.</param>
/// <param name="gate">Decides.</param>
/// <param name="alerts">Told of drift.</param>
/// <param name="clock">Dates the alert.</param>
/// <param name="options">How the models are compared.</param>
public sealed class GateKeeper(
    ICandidateStore candidates, IModelStore models, RunLedger ledger, PromotionGate gate, IAlertSink alerts, TimeProvider clock, RetrainOptions options)
{
    /// <summary>What <see cref="Alert.Kind"/> says of drift.</summary>
    public const string DriftAlert = "model_drift";

    internal async Task<StepOutcome> CompareAsync(Run run, RunFiles files, CancellationToken cancellationToken)
    {
        ServingManifest? serving = await candidates.ReadManifestAsync(cancellationToken);
        if (serving is null || options.Shadow.Users == 0 || await LoadedAsync(serving.ModelVersion, cancellationToken) is not { } before)
        {
            return StepOutcome.Nothing;
        }

        ModelBundle fresh = await FreshAsync(run, cancellationToken);
        IReadOnlyDictionary<string, double> counts =
            new ShadowDiff(options.Shadow, RecipeText.Of(run, options.Recipe).Hybrid).Compare(files.Draft, before, fresh, cancellationToken);
        return new StepOutcome(counts, Digests.OfCounts(counts));
    }

    internal async Task<GateDecision> DecideAsync(Run run, CancellationToken cancellationToken)
    {
        IReadOnlyList<Run> latest = await ledger.LatestAsync(cancellationToken);
        ServingManifest? serving = await candidates.ReadManifestAsync(cancellationToken);
        Run? last = latest.FirstOrDefault(other => other.ModelVersion == serving?.ModelVersion && other.Id != run.Id)
            ?? latest.FirstOrDefault(other => other.State == RunState.Promoted && other.Id != run.Id);
        if (last?.Kind == RunKind.Content)
        {
            last = latest.FirstOrDefault(other => other is { State: RunState.Promoted, Kind: RunKind.Retrain } && other.StartedAt <= last.StartedAt) ?? last; // whose factors it has
        }

        GateDecision decision = gate.Decide(run, last, History(latest, run));
        string[] problems = [.. ModelSanity.Problems(await FreshAsync(run, cancellationToken))];
        return decision with { Objections = [.. problems, .. decision.Objections], Remarks = [.. RecipeChooser.Remarks(run), .. decision.Remarks] };
    }

    internal async Task AlertAsync(Run run, GateDecision decision, CancellationToken cancellationToken)
    {
        if (decision.Drifts.Count > 0)
        {
            string message = $"The model {run.ModelVersion} differs from the one before. {string.Join(' ', decision.Drifts)} Look at GET "
                + $"/v1/runs/{run.Id}; to go back, POST /v1/models/rollback.";
            await alerts.RaiseAsync(new Alert(DriftAlert, IsRecovery: false, message, clock.GetUtcNow()), cancellationToken);
        }
    }

    // Who lets a model serve by hand sets a new mark: what came before it is no measure any more.
    private static List<Run> History(IReadOnlyList<Run> latest, Run run)
    {
        List<Run> history = [];
        foreach (Run earlier in latest.Where(other => other is { State: RunState.Promoted, Kind: RunKind.Retrain } && other.Id != run.Id))
        {
            history.Add(earlier);
            if (earlier.Reasons.Contains(RunLedger.ByHand))
            {
                break;
            }
        }

        return history;
    }

    private async Task<ModelBundle> FreshAsync(Run run, CancellationToken cancellationToken) =>
        await models.OpenAsync(run.ModelVersion, cancellationToken) is { } folder
            ? ModelBundle.Load(folder)
            : throw new InvalidDataException($"The bundle {run.ModelVersion} is gone; trigger a new run with \"force\": true.");

    // A serving bundle that is damaged is no reason to keep a whole one from serving.
    private async Task<ModelBundle?> LoadedAsync(string version, CancellationToken cancellationToken)
    {
        try
        {
            return await models.OpenAsync(version, cancellationToken) is { } folder ? ModelBundle.Load(folder) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
