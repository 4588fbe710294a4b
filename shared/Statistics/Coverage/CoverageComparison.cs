namespace Aisle.Statistics.Coverage;

/// <summary>How much of the catalogue each arm's shoppers were shown, compared at equal exposure.</summary>
/// <remarks>Distinct products grow with impressions, so the arm with more impressions is rarefied to the other's: Hurlbert (1971). Null
/// figures mean that there is none.</remarks>
/// <param name="Status">Whether there is an answer.</param>
/// <param name="ImpressionsControl">Impressions of the control.</param>
/// <param name="ImpressionsTreatment">Impressions of the treatment.</param>
/// <param name="CoveredControl">Distinct products that the control showed.</param>
/// <param name="CoveredTreatment">Distinct products that the treatment showed.</param>
/// <param name="CatalogueSize">Products that could have been shown.</param>
/// <param name="RarefiedAt">Impressions at which they are compared.</param>
/// <param name="RarefiedControl">Distinct products to be expected in so many impressions of the control.</param>
/// <param name="RarefiedTreatment">The same of the treatment.</param>
public sealed record CoverageComparison(
    ComparisonStatus Status,
    long ImpressionsControl,
    long ImpressionsTreatment,
    int CoveredControl,
    int CoveredTreatment,
    long CatalogueSize,
    long? RarefiedAt,
    double? RarefiedControl,
    double? RarefiedTreatment)
{
    // A share of exp(−this) adds nothing to a double near 1.
    private const double Negligible = 45;

    // Beyond so many terms the closed form of their sum is exact to 1e-12.
    private const long MostTerms = 1_024;

    /// <summary>Compares impressions by product.</summary>
    /// <param name="control">Impressions of each product in the control; zeros may be left out.</param>
    /// <param name="treatment">The same of the treatment.</param>
    /// <param name="catalogueSize">Products that could have been shown, positive.</param>
    public static CoverageComparison Of(IReadOnlyCollection<long> control, IReadOnlyCollection<long> treatment, long catalogueSize)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        if (catalogueSize <= 0 || control.Any(count => count < 0) || treatment.Any(count => count < 0)
            || Total(control) is not { } shown || Total(treatment) is not { } judged)
        {
            return new CoverageComparison(ComparisonStatus.InvalidInput, 0, 0, 0, 0, catalogueSize, null, null, null);
        }

        CoverageComparison points = new(
            ComparisonStatus.NoData, shown, judged, control.Count(count => count > 0), treatment.Count(count => count > 0), catalogueSize, null, null, null);
        long least = Math.Min(shown, judged);
        return least == 0
            ? points
            : points with
            {
                Status = ComparisonStatus.Ok,
                RarefiedAt = least,
                RarefiedControl = Rarefied(control, shown, least),
                RarefiedTreatment = Rarefied(treatment, judged, least),
            };
    }

    /// <summary>The share of the catalogue that the control showed.</summary>
    public double? ShareControl => Status == ComparisonStatus.InvalidInput ? null : (double)CoveredControl / CatalogueSize;

    /// <summary>The share of the catalogue that the treatment showed.</summary>
    public double? ShareTreatment => Status == ComparisonStatus.InvalidInput ? null : (double)CoveredTreatment / CatalogueSize;

    /// <summary>Distinct products to be expected in some of an arm's impressions.</summary>
    /// <remarks>Σ 1 − C(N − n, m)/C(N, m) over products; those shown equally often are computed once, so the cost depends on
    /// neither counts nor impressions.</remarks>
    /// <param name="counts">n: impressions by product.</param>
    /// <param name="total">N: their sum.</param>
    /// <param name="drawn">m: how many are drawn, at most N.</param>
    internal static double Rarefied(IReadOnlyCollection<long> counts, long total, long drawn) => counts
        .Where(count => count > 0)
        .GroupBy(count => count)
        .Sum(products => products.Count() * -double.ExpM1(LogMissed(products.Key, drawn, total)));

    // ln C(N − n, m)/C(N, m) = Σ ln(1 − larger/(N − j)) over j < smaller, which is the same for n and m exchanged.
    private static double LogMissed(long count, long drawn, long total)
    {
        (long smaller, long larger) = count < drawn ? (count, drawn) : (drawn, count);
        if (larger > total - smaller || (double)smaller * larger / total > Negligible)
        {
            return double.NegativeInfinity;
        }

        if (smaller > MostTerms)
        {
            return LogOfMany(smaller, larger, total);
        }

        double log = 0;
        for (long j = 0; j < smaller; j++)
        {
            log += double.LogP1(-(double)larger / (total - j));
        }

        return log;
    }

    // The terms of a long sum that is not negligible are nearly linear in j: the middle one times their number,
    // and what the curvature f'' adds.
    private static double LogOfMany(double smaller, double larger, double total)
    {
        double middle = total - ((smaller - 1) / 2);
        double rest = middle - larger;
        double curvature = -larger * (middle + rest) / (middle * middle) / (rest * rest);
        return smaller * (double.LogP1(-larger / middle) + (curvature * ((smaller * smaller) - 1) / 24));
    }

    // Null where there are more impressions than can be counted.
    private static long? Total(IReadOnlyCollection<long> counts)
    {
        Int128 total = 0;
        foreach (long count in counts)
        {
            total += count;
        }

        return total > long.MaxValue ? null : (long)total;
    }
}
