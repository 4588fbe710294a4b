namespace Aisle.Factorization;

/// <summary>A trained factorization: the score of a pair is the inner product of its user's and its item's factors.</summary>
/// <param name="Users">User factors; the row of a user without interactions is zero.</param>
/// <param name="Items">Item factors; the row of an item without interactions is zero.</param>
/// <param name="Options">How it was trained; a fold-in must use the same.</param>
public sealed record FactorModel(FactorMatrix Users, FactorMatrix Items, IalsOptions Options);
