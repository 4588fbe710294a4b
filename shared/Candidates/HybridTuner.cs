namespace Aisle.Candidates;

/// <summary>Learns how much each source counts, tier by tier, on shoppers held out for validation.</summary>
/// <remarks>An exhaustive search over a grid: each tier has one share, so a tier's best value is found without regard to the others.</remarks>
public static class HybridTuner
{
    private const int Steps = 10;

    /// <summary>The options whose shares did best on validation.</summary>
    /// <param name="start">What is kept when nothing does better; all other options are taken from it.</param>
    /// <param name="qualityByTier">Judges options, for instance by the mean NDCG of each tier's shoppers; a tier without shoppers is absent.
    /// It must judge on a validation split that neither training nor the final test has seen.</param>
    /// <param name="cancellationToken">Heeded between evaluations.</param>
    /// <returns>α from the shoppers of the full hybrid and the neighbours' share from those of the tier below; a value changes only when it is strictly better
    /// than the one in <paramref name="start"/>, and among equals the one nearest to it wins.</returns>
    /// <remarks>12 evaluations.</remarks>
    public static HybridOptions Tune(
        HybridOptions start, Func<HybridOptions, IReadOnlyDictionary<Strategy, double>> qualityByTier, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(qualityByTier);
        IReadOnlyDictionary<Strategy, double> before = qualityByTier(start);
        (double Share, double Quality) alpha = (start.Alpha, QualityOf(before, Strategy.FullHybrid));
        (double Share, double Quality) neighbours = (start.NeighbourShare, QualityOf(before, Strategy.ContentPlusNeighbours));
        for (int step = 0; step <= Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double share = (double)step / Steps;
            IReadOnlyDictionary<Strategy, double> quality = qualityByTier(start with { Alpha = share, NeighbourShare = share });
            alpha = Better(alpha, (share, QualityOf(quality, Strategy.FullHybrid)), start.Alpha);
            neighbours = Better(neighbours, (share, QualityOf(quality, Strategy.ContentPlusNeighbours)), start.NeighbourShare);
        }

        return start with { Alpha = alpha.Share, NeighbourShare = neighbours.Share };
    }

    private static double QualityOf(IReadOnlyDictionary<Strategy, double> quality, Strategy tier) =>
        quality.TryGetValue(tier, out double value) && double.IsFinite(value) ? value : double.NegativeInfinity;

    private static (double Share, double Quality) Better((double Share, double Quality) best, (double Share, double Quality) other, double start) =>
        other.Quality > best.Quality
        || (other.Quality == best.Quality && best.Share != start && Math.Abs(other.Share - start) < Math.Abs(best.Share - start))
            ? other
            : best;
}
