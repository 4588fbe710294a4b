using Aisle.Feedback;

namespace Aisle.Factorization;

/// <summary>One half of an iteration: all rows of one side are to be solved from the other side's factors. Shared, read-only, by all threads.</summary>
/// <param name="Rows">Whom to solve, and what each of them was observed with.</param>
/// <param name="Known">The other side's factors.</param>
/// <param name="Solved">Where the solutions go.</param>
/// <param name="Loss">What the weights mean.</param>
/// <param name="Gram">YᵀY of the known factors, f × f.</param>
internal sealed record HalfStep(InteractionMatrix Rows, PaddedFactors Known, PaddedFactors Solved, IalsLoss Loss, double[] Gram);
