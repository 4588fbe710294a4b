using System.Globalization;

namespace Aisle.Evaluation;

/// <summary>Models beside each other on one holdout: a row for each model, a column for each metric. Immutable;
/// whoever shows it decides how.</summary>
/// <param name="Metrics">The columns.</param>
/// <param name="Rows">The rows.</param>
public sealed record ComparisonTable(IReadOnlyList<Metric> Metrics, IReadOnlyList<ComparisonRow> Rows)
{
    /// <summary>The columns that a run prints unless asked for others.</summary>
    public static IReadOnlyList<Metric> StandardMetrics { get; } =
        [Metric.Precision, Metric.Recall, Metric.Ndcg, Metric.AveragePrecision, Metric.HitRate, Metric.Coverage, Metric.IntraListDiversity];

    /// <summary>Lays evaluations out.</summary>
    /// <param name="evaluations">The rows, in this order; all of the same cut.</param>
    /// <param name="metrics">The columns, in this order.</param>
    /// <exception cref="ArgumentException">Two evaluations have different cuts and cannot be compared.</exception>
    public static ComparisonTable Of(IReadOnlyList<ModelEvaluation> evaluations, IReadOnlyList<Metric> metrics)
    {
        ArgumentNullException.ThrowIfNull(evaluations);
        ArgumentNullException.ThrowIfNull(metrics);
        if (evaluations.Select(evaluation => evaluation.K).Distinct().Skip(1).Any())
        {
            throw new ArgumentException("Evaluations at different cuts cannot stand in one table.", nameof(evaluations));
        }

        return new ComparisonTable(metrics, [.. evaluations.Select(evaluation => new ComparisonRow(evaluation.Model, [.. metrics.Select(metric => evaluation[metric])]))]);
    }

    /// <summary>A cell as text: the value to four digits, with its interval when there is one, or n/a.</summary>
    public static string Format(Estimate? estimate) => estimate switch
    {
        null => "n/a",
        { Low: { } low, High: { } high } => string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:0.0000} [{low:0.0000}, {high:0.0000}]"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:0.0000}"),
    };
}
