using System.Text.Json;
using Aisle.Evaluation;
using Aisle.Ports;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.RetrainTrigger.Judging;

/// <summary>A comparison as the counts of a run's step, so that the record of a run is all that is needed to show and compare it.</summary>
public static class EvaluationCounts
{
    /// <summary>How many shoppers judged.</summary>
    public const string JudgedUsers = "judged_users";

    private const string TierUsers = "judged_users@";
    private const string Low = ".low";
    private const string High = ".high";
    private const string LeadKey = "lead_over_popularity.ndcg";
    private const int LeadSamples = 500;
    private const ulong LeadSeed = 1;

    /// <summary>The counts of a comparison.</summary>
    public static Dictionary<string, double> Of(IReadOnlyList<ModelEvaluation> evaluations)
    {
        ArgumentNullException.ThrowIfNull(evaluations);
        Dictionary<string, double> counts = [];
        foreach (ModelEvaluation evaluation in evaluations)
        {
            foreach (Metric metric in HoldoutComparison.Metrics)
            {
                if (evaluation[metric] is { } estimate)
                {
                    counts[Key(evaluation.Model, metric)] = estimate.Value;
                    counts[JudgedUsers] = estimate.Users;
                    AddInterval(counts, Key(evaluation.Model, metric), estimate);
                }
            }
        }

        AddTiers(counts, evaluations);
        AddLead(counts, evaluations);
        return counts;
    }

    /// <summary>The tiers of shoppers that judged, by how many products they knew at the cut, such as <c>6+</c>.</summary>
    public static IReadOnlyList<string> Tiers(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunStep? step = run.Steps.FirstOrDefault(known => known.Name == StepNames.Evaluation);
        return [.. (step?.Counts.Keys ?? []).Where(key => key.StartsWith(TierUsers, StringComparison.Ordinal)).Select(key => key[TierUsers.Length..]).Order(StringComparer.Ordinal)];
    }

    /// <summary>How many shoppers of a tier judged.</summary>
    public static double? UsersOf(Run run, string tier) => Find(run, TierUsers + tier);

    /// <summary>A model's NDCG among the shoppers of a tier, with its 95 % interval; null when it has none.</summary>
    public static (double Value, double? Low, double? High)? OfTier(Run run, string model, string tier)
    {
        string key = TierKey(model, tier);
        return Find(run, key) is { } value ? (value, Find(run, key + Low), Find(run, key + High)) : null;
    }

    /// <summary>The lower end of a figure's 95 % interval; null when it has none.</summary>
    public static double? Lower(Run run, string model, Metric metric) => Find(run, Key(model, metric) + Low);

    /// <summary>The upper end of a figure's 95 % interval; null when it has none.</summary>
    public static double? Upper(Run run, string model, Metric metric) => Find(run, Key(model, metric) + High);

    /// <summary>The 95 % interval of the hybrid's lead in NDCG over popularity, on the same shoppers; null when there is none.</summary>
    public static (double Low, double High)? Lead(Run run) =>
        Find(run, LeadKey + Low) is { } low && Find(run, LeadKey + High) is { } high ? (low, high) : null;

    /// <summary>One figure of a run's comparison; null when the run has none.</summary>
    public static double? Find(Run run, string model, Metric metric) => Find(run, Key(model, metric));

    private static void AddInterval(Dictionary<string, double> counts, string key, Estimate estimate)
    {
        if (estimate is { Low: { } low, High: { } high })
        {
            counts[key + Low] = low;
            counts[key + High] = high;
        }
    }

    private static void AddTiers(Dictionary<string, double> counts, IReadOnlyList<ModelEvaluation> evaluations)
    {
        foreach (ModelEvaluation evaluation in evaluations)
        {
            foreach ((string tier, IReadOnlyDictionary<Metric, Estimate?> metrics) in evaluation.BySlice)
            {
                if (metrics.GetValueOrDefault(Metric.Ndcg) is { } estimate)
                {
                    counts[TierUsers + tier] = estimate.Users;
                    counts[TierKey(evaluation.Model, tier)] = estimate.Value;
                    AddInterval(counts, TierKey(evaluation.Model, tier), estimate);
                }
            }
        }
    }

    private static string TierKey(string model, string tier) => $"{Key(model, Metric.Ndcg)}@{tier}";

    // The same shoppers were asked of both, so their differences are drawn, not two means.
    private static void AddLead(Dictionary<string, double> counts, IReadOnlyList<ModelEvaluation> evaluations)
    {
        ModelEvaluation? hybrid = evaluations.FirstOrDefault(evaluation => evaluation.Model == "hybrid");
        ModelEvaluation? popularity = evaluations.FirstOrDefault(evaluation => evaluation.Model == "popularity");
        if (hybrid is not null && popularity is not null
            && Bootstrap.Difference(hybrid.PerUser[Metric.Ndcg], popularity.PerUser[Metric.Ndcg], LeadSamples, LeadSeed) is { } lead)
        {
            counts[LeadKey] = lead.Value;
            AddInterval(counts, LeadKey, lead);
        }
    }

    private static double? Find(Run run, string key)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunStep? step = run.Steps.FirstOrDefault(known => known.Name == StepNames.Evaluation);
        return step is not null && step.Counts.TryGetValue(key, out double value) ? value : null;
    }

    /// <summary>The word for a metric on the wire.</summary>
    public static string Word(Metric metric) => JsonNamingPolicy.SnakeCaseLower.ConvertName(metric.ToString());

    private static string Key(string model, Metric metric) => $"{model}.{Word(metric)}";
}
