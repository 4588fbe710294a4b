namespace Aisle.Candidates;

/// <summary>Learns how much each source counts on shoppers held out for validation: the walks' share and popularity's weight for all, α and the neighbours' share tier by tier.</summary>
/// <remarks>One axis after the other over a fixed grid. α and the neighbours' share belong to one tier each, so both are tried at once. A value changes only when it is strictly
/// better, and among equals the one nearest to the present wins, so that noise moves nothing.</remarks>
/// <param name="budget">After this time no new evaluation starts; the first always runs.</param>
/// <param name="clock">Measures the budget.</param>
public sealed class HybridTuner(TimeSpan budget, TimeProvider clock)
{
    private static readonly double[] WalkShares = [0, 0.25, 0.5, 0.75, 1];
    private static readonly double[] PopularityWeights = [0, 0.05, 0.1, 0.2, 0.5, 1];
    private static readonly double[] Shares = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

    private long _begun;

    /// <summary>The options whose weights did best on validation.</summary>
    /// <param name="start">What is kept when nothing does better; all other options are taken from it.</param>
    /// <param name="judge">Judges options, for instance by mean NDCG. It must judge on a validation split that neither training nor the final test has seen.</param>
    /// <param name="cancellationToken">Heeded between evaluations.</param>
    /// <remarks>At most 34 evaluations.</remarks>
    public HybridOptions Tune(HybridOptions start, Func<HybridOptions, HybridQuality> judge, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(judge);
        _begun = clock.GetTimestamp();
        HybridQuality quality = judge(start);
        HybridOptions best = TuneShares(start, quality, judge, cancellationToken);
        best = TuneFor(best, WalkShares, options => options.WalkShare, (options, value) => options with { WalkShare = value }, judge, cancellationToken);
        best = TuneFor(best, PopularityWeights, options => options.Beta, (options, value) => options with { Beta = value }, judge, cancellationToken);
        return best == start || !HasTime ? best : TuneShares(best, judge(best), judge, cancellationToken);
    }

    private bool HasTime => clock.GetElapsedTime(_begun) < budget;

    /// <summary>α from the shoppers of the full hybrid, the neighbours' share from those of the tier below.</summary>
    private HybridOptions TuneShares(HybridOptions start, HybridQuality before, Func<HybridOptions, HybridQuality> judge, CancellationToken cancellationToken)
    {
        (double Value, double Quality) alpha = (start.Alpha, QualityOf(before, Strategy.FullHybrid));
        (double Value, double Quality) neighbours = (start.NeighbourShare, QualityOf(before, Strategy.ContentPlusNeighbours));
        foreach (double share in Shares.TakeWhile(_ => HasTime))
        {
            cancellationToken.ThrowIfCancellationRequested();
            HybridQuality quality = judge(start with { Alpha = share, NeighbourShare = share });
            alpha = Better(alpha, (share, QualityOf(quality, Strategy.FullHybrid)), start.Alpha);
            neighbours = Better(neighbours, (share, QualityOf(quality, Strategy.ContentPlusNeighbours)), start.NeighbourShare);
        }

        return start with { Alpha = alpha.Value, NeighbourShare = neighbours.Value };
    }

    /// <summary>One value for all shoppers.</summary>
    private HybridOptions TuneFor(
        HybridOptions start, double[] values, Func<HybridOptions, double> valueOf, Func<HybridOptions, double, HybridOptions> with,
        Func<HybridOptions, HybridQuality> judge, CancellationToken cancellationToken)
    {
        if (!HasTime)
        {
            return start;
        }

        (double Value, double Quality) best = (valueOf(start), Finite(judge(start).Overall));
        foreach (double value in values.Where(value => value != valueOf(start)).TakeWhile(_ => HasTime))
        {
            cancellationToken.ThrowIfCancellationRequested();
            best = Better(best, (value, Finite(judge(with(start, value)).Overall)), valueOf(start));
        }

        return with(start, best.Value);
    }

    private static double QualityOf(HybridQuality quality, Strategy tier) =>
        quality.ByTier.TryGetValue(tier, out double value) ? Finite(value) : double.NegativeInfinity;

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NegativeInfinity;

    private static (double Value, double Quality) Better((double Value, double Quality) best, (double Value, double Quality) other, double start) =>
        other.Quality > best.Quality
        || (other.Quality == best.Quality && best.Value != start && Math.Abs(other.Value - start) < Math.Abs(best.Value - start))
            ? other
            : best;
}
