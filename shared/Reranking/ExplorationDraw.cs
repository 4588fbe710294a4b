namespace Aisle.Reranking;

/// <summary>What chance made of one position.</summary>
/// <param name="PoolIndex">Which product of the pool was drawn for it; null when it stays as it was.</param>
/// <param name="Propensity">The probability, before the draw, that this position would show what it now shows.</param>
public readonly record struct ExplorationDraw(int? PoolIndex, double Propensity);
