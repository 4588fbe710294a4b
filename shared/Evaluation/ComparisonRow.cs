namespace Aisle.Evaluation;

/// <summary>One model's row of a comparison.</summary>
/// <param name="Model">What it is called.</param>
/// <param name="Cells">One for each column, null where the data do not allow the metric.</param>
public sealed record ComparisonRow(string Model, IReadOnlyList<Estimate?> Cells);
