using System.Globalization;
using Aisle.Evaluation;
using Aisle.Ports;

namespace Aisle.RetrainTrigger;

/// <summary>Decides whether a trained model may serve: it must beat popularity, and must not fall far below the last model that was promoted.</summary>
public sealed class PromotionGate(RetrainOptions options)
{
    /// <summary>Why the run's model may not serve; empty when it may.</summary>
    /// <param name="run">The run, with its evaluation.</param>
    /// <param name="lastPromoted">The last run whose model was promoted; null for the first.</param>
    public IReadOnlyList<string> Objections(Run run, Run? lastPromoted)
    {
        ArgumentNullException.ThrowIfNull(run);
        List<string> objections = []; // comparisons are turned round, so that a figure that is not a number objects too
        if (EvaluationCounts.Find(run, "hybrid", Metric.Ndcg) is not { } hybrid)
        {
            return objections;
        }

        if (EvaluationCounts.Find(run, "popularity", Metric.Ndcg) is { } popularity && !(hybrid > popularity))
        {
            objections.Add(Text($"The hybrid's NDCG ({hybrid:0.0000}) does not beat popularity's ({popularity:0.0000}): look at the data of the last days, or at the recipe."));
        }

        if (lastPromoted is not null && EvaluationCounts.Find(lastPromoted, "hybrid", Metric.Ndcg) is { } before && !(hybrid >= before * (1 - options.MaxDrop)))
        {
            objections.Add(Text($"The hybrid's NDCG fell from {before:0.0000} to {hybrid:0.0000}, more than {options.MaxDrop:P0}: compare both runs with GET /v1/runs, look at the data of the last days, then trigger a new run."));
        }

        return objections;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
