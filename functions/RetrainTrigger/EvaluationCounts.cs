using System.Text.Json;
using Aisle.Evaluation;
using Aisle.Ports;

namespace Aisle.RetrainTrigger;

/// <summary>A comparison as the counts of a run's step, so that the record of a run is all that is needed to show and compare it.</summary>
public static class EvaluationCounts
{
    /// <summary>How many shoppers judged.</summary>
    public const string JudgedUsers = "judged_users";

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
                }
            }
        }

        return counts;
    }

    /// <summary>One figure of a run's comparison; null when the run has none.</summary>
    public static double? Find(Run run, string model, Metric metric)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunStep? step = run.Steps.FirstOrDefault(known => known.Name == StepNames.Evaluation);
        return step is not null && step.Counts.TryGetValue(Key(model, metric), out double value) ? value : null;
    }

    /// <summary>The word for a metric on the wire.</summary>
    public static string Word(Metric metric) => JsonNamingPolicy.SnakeCaseLower.ConvertName(metric.ToString());

    private static string Key(string model, Metric metric) => $"{model}.{Word(metric)}";
}
