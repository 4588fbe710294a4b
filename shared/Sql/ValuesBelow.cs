namespace Aisle.Sql;

/// <summary>The values of one variant's visitors at or below a limit.</summary>
/// <param name="Count">How many.</param>
/// <param name="Squared">Sum over visitors of its square.</param>
/// <param name="ByValues">Sum over visitors of its product with the number of all values.</param>
public sealed record ValuesBelow(long Count, long Squared, long ByValues);
