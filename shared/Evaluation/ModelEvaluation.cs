namespace Aisle.Evaluation;

/// <summary>How one model did on one holdout. Immutable.</summary>
/// <param name="Model">What it is called in a table.</param>
/// <param name="K">The cut of all metrics.</param>
/// <param name="Metrics">Each metric's estimate; null where the data do not allow one.</param>
/// <param name="PerUser">The metrics of single users, for paired comparisons: NaN-free, null where a user has none. In the
/// order of the holdout's judged users.</param>
/// <param name="BySlice">The per-user metrics within each slice of users, slices in ordinal order; empty without slices.</param>
public sealed record ModelEvaluation(
    string Model,
    int K,
    IReadOnlyDictionary<Metric, Estimate?> Metrics,
    IReadOnlyDictionary<Metric, IReadOnlyList<double?>> PerUser,
    IReadOnlyDictionary<string, IReadOnlyDictionary<Metric, Estimate?>> BySlice)
{
    /// <summary>The estimate of one metric, or null when there is none.</summary>
    public Estimate? this[Metric metric] => Metrics.GetValueOrDefault(metric);
}
