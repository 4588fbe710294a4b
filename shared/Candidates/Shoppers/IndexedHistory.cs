namespace Aisle.Candidates.Shoppers;

/// <summary>A history in the model's indexes: what of it the model knows.</summary>
/// <param name="Items">Touched items, ascending, each once.</param>
/// <param name="Weights">The weight of each, positive.</param>
/// <param name="DistinctProducts">How many distinct products were touched, known to the model or not.</param>
/// <param name="LeftOut">Items that are not to be listed, ascending.</param>
internal sealed record IndexedHistory(int[] Items, float[] Weights, int DistinctProducts, int[] LeftOut);
