namespace Aisle.Sql;

/// <summary>A sum over visitors of a measure, or of the product of two.</summary>
/// <param name="First">The measure.</param>
/// <param name="Second">The other factor, perhaps the same one; null for the measure itself.</param>
public sealed record ExperimentSum(string First, string? Second)
{
    /// <summary>The sum of a product, whichever factor is named first.</summary>
    public static ExperimentSum Product(string one, string other) =>
        string.CompareOrdinal(one, other) <= 0 ? new ExperimentSum(one, other) : new ExperimentSum(other, one);
}
