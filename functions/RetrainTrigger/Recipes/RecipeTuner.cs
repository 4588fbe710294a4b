using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Training;
using Aisle.Catalogue;
using Aisle.Evaluation;
using Aisle.Evaluation.Holdouts;
using Aisle.Evaluation.Tuning;
using Aisle.Ports;
using Aisle.RetrainTrigger.Judging;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.RetrainTrigger.Recipes;

/// <summary>Learns λ, α0 and the epochs of the factors and how much each source counts, on shoppers held out before the holdout that judges
/// recipes: the test is never looked at.</summary>
/// <remarks>Trials come in a fixed order from fixed seeds, so the same data give the same recipe wherever the budget lets all of them
/// run; a slower machine tries fewer.</remarks>
/// <param name="reader">Reads the catalogue.</param>
/// <param name="cutter">Cuts the history.</param>
/// <param name="comparison">Trains before a cut.</param>
/// <param name="clock">Measures the budget.</param>
/// <param name="options">When it is due, and how long it may take.</param>
public sealed class RecipeTuner(TrainingReader reader, HoldoutReader cutter, HoldoutComparison comparison, TimeProvider clock, RetrainOptions options)
{
    /// <summary>1 in the counts of a run that learnt anew in the whole time; 0 in those of a shop's first, which learnt in short.</summary>
    public const string Tuned = "tuned";

    /// <summary>How many trials of factors and weights were made.</summary>
    private const string Trials = "tuning_trials";

    private const int JudgesAtMost = 1_000;
    private const int Refinements = 3;
    private const ulong Seed = 2;

    // A nightly retrain must not be passed over for having begun some minutes earlier than the last.
    private static readonly TimeSpan Slack = TimeSpan.FromHours(4);
    private static readonly TimeSpan Night = TimeSpan.FromDays(1) - Slack;

    /// <summary>The recipe that is wanted: as configured, with what was learnt before or is learnt now; for a
    /// shop's first model in short.</summary>
    /// <param name="run">The run that wants it.</param>
    /// <param name="before">The recipe of the serving model; null when it is not known.</param>
    /// <param name="latest">The latest runs, newest first.</param>
    /// <param name="progress">Told the finished fraction.</param>
    /// <param name="cancellationToken">Stops between trials.</param>
    /// <returns>The recipe, and the counts of the search.</returns>
    internal async Task<(ModelRecipe Recipe, Dictionary<string, double> Counts)> WantedAsync(
        Run run, ModelRecipe? before, IReadOnlyList<Run> latest, IProgress<double> progress, CancellationToken cancellationToken)
    {
        ModelRecipe start = options.Tuning != TuningSchedule.Off && before is { WeightsAreLearnt: true } ? Carried(before, options.Recipe) : options.Recipe;
        if (!IsDue(run, latest))
        {
            return (start, []);
        }

        IReadOnlyList<Product> products = await reader.ProductsAsync(cancellationToken);
        if (await cutter.CutAsync(start, products, run.AsOf, cancellationToken) is not { } test
            || await cutter.CutAsync(start, products, test.At, cancellationToken) is not { } validation)
        {
            return (start, []);
        }

        bool isFirst = before is null;
        TimeSpan half = (isFirst ? options.FirstTuningBudget : options.TuningBudget) / 2;
        IalsTuner factors = new(start.Factors, half, clock) { Refinements = isFirst ? 0 : Refinements };
        (ModelRecipe learnt, int trials) = await LearnAsync(start, validation, factors, new HybridTuner(half, clock), progress, cancellationToken);
        return (learnt, new() { [Tuned] = isFirst ? 0 : 1, [Trials] = trials });
    }

    /// <summary>Whether the schedule asks this run to learn anew. One that follows another on the same day is in
    /// a hurry and learns nothing.</summary>
    internal bool IsDue(Run run, IReadOnlyList<Run> latest)
    {
        TimeSpan? interval = options.Tuning switch
        {
            TuningSchedule.Nightly => Night,
            TuningSchedule.Weekly => TimeSpan.FromDays(7) - Slack,
            _ => null,
        };
        Run[] others = [.. latest.Where(other => other.Id != run.Id)];
        bool isExtra = others.Any(other => other is { Kind: RunKind.Retrain, State: RunState.Promoted } && run.AsOf - other.AsOf < Night);
        Run? last = others.FirstOrDefault(other => other.Steps.Any(step => step.Counts.GetValueOrDefault(Tuned) > 0));
        return interval is { } wait && !isExtra && (last is null || run.AsOf - last.AsOf >= wait);
    }

    private async Task<(ModelRecipe Recipe, int Trials)> LearnAsync(
        ModelRecipe start, HoldoutCut validation, IalsTuner factorTuner, HybridTuner weightTuner, IProgress<double> progress, CancellationToken cancellationToken)
    {
        Holdout judges = validation.Holdout.Sampled(JudgesAtMost, Seed);
        FactorJudge factorJudge = new(judges, new EvaluationOptions().K);
        IReadOnlyList<IalsTrial> trials = factorTuner.Search(validation.Training.Interactions, model => factorJudge.Ndcg(model, cancellationToken), cancellationToken);
        progress.Report(0.5);
        ModelRecipe factors = start with { Factors = trials[0].Options, WeightsAreLearnt = false };
        (_, ModelBundle bundle) = await comparison.TrainAsync(factors, validation.Training, new Part(progress, 0.5, 0.6), cancellationToken);
        int evaluations = 0;
        HybridJudge judge = new(bundle, judges, options.Recipe.Hybrid, Seed);
        HybridOptions weights = weightTuner.Tune(
            factors.Hybrid,
            hybrids =>
            {
                evaluations += hybrids.Count;
                return judge.Of(hybrids, cancellationToken);
            },
            cancellationToken);
        progress.Report(1);
        return (factors with { Hybrid = weights, WeightsAreLearnt = true }, trials.Count + evaluations);
    }

    /// <summary>The configured recipe with what an earlier run learnt.</summary>
    private static ModelRecipe Carried(ModelRecipe learnt, ModelRecipe configured) => configured with
    {
        Factors = configured.Factors with
        {
            Regularization = learnt.Factors.Regularization,
            UnobservedWeight = learnt.Factors.UnobservedWeight,
            Iterations = learnt.Factors.Iterations,
        },
        Hybrid = HybridWeights.Of(learnt.Hybrid).In(configured.Hybrid),
        WeightsAreLearnt = true,
    };
}
