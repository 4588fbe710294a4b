namespace Aisle.ScoreUser.Replaying;

/// <summary>A product of a record and when it was last touched: as an interaction of the same record says, or, where that is too old to stand there, for itself.</summary>
/// <param name="Recent">Which interaction, from 0; −1 for none.</param>
/// <param name="Product">The product; null where an interaction says it.</param>
/// <param name="At">When, microseconds since 1970; 0 where an interaction says it.</param>
internal readonly record struct RecordedProduct(int Recent, string? Product = null, long At = 0);
