namespace Aisle.Candidates;

/// <summary>Learns how much each source counts on shoppers held out for validation: the collaborative share and popularity's weight tier by tier, the neighbours' share of
/// their tier, and the walks' share for all.</summary>
/// <remarks>One kind of weight after the other over a fixed grid. Weights of different tiers are judged by different shoppers, so they are tried at once. A value changes only
/// when it is strictly better, and among equals the one nearest to the present wins, so that noise moves nothing.</remarks>
/// <param name="budget">After this time no new evaluation starts; the first always runs.</param>
/// <param name="clock">Measures the budget.</param>
public sealed class HybridTuner(TimeSpan budget, TimeProvider clock)
{
    private static readonly double[] WalkShares = [0, 0.25, 0.5, 0.75, 1];
    private static readonly double[] PopularityWeights = [0, 0.05, 0.1, 0.2, 0.5, 1, 2, 4];
    private static readonly double[] Shares = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

    private static readonly TierWeight[] Collaborative =
    [
        new(Strategy.ContentOnly, options => options.ContentTier.Collaborative, (options, value) => options with { ContentTier = options.ContentTier with { Collaborative = value } }),
        new(Strategy.ContentPlusNeighbours, options => options.NeighbourTier.Collaborative, (options, value) => options with { NeighbourTier = options.NeighbourTier with { Collaborative = value } }),
        new(Strategy.FullHybrid, options => options.Alpha, (options, value) => options with { Alpha = value }),
    ];

    private static readonly TierWeight[] Neighbours =
        [new(Strategy.ContentPlusNeighbours, options => options.NeighbourShare, (options, value) => options with { NeighbourShare = value })];

    private static readonly TierWeight[] Walks = [new(null, options => options.WalkShare, (options, value) => options with { WalkShare = value })];

    // The full hybrid's comes last: tiers without a β of their own follow it until they have one.
    private static readonly TierWeight[] Popularity =
    [
        new(Strategy.ContentOnly, options => options.BetaOf(Strategy.ContentOnly), (options, value) => options with { ContentTier = options.ContentTier with { Beta = value } }),
        new(Strategy.ContentPlusNeighbours, options => options.BetaOf(Strategy.ContentPlusNeighbours), (options, value) => options with { NeighbourTier = options.NeighbourTier with { Beta = value } }),
        new(Strategy.FullHybrid, options => options.Beta, (options, value) => options with { Beta = value }),
    ];

    private static readonly (TierWeight[] Weights, double[] Values)[] Round =
        [(Collaborative, Shares), (Neighbours, Shares), (Walks, WalkShares), (Popularity, PopularityWeights)];

    private long _begun;

    /// <summary>The options whose weights did best on validation.</summary>
    /// <param name="start">What is kept when nothing does better; all other options are taken from it.</param>
    /// <param name="judge">Judges options, for instance by mean NDCG. It must judge on a validation split that neither training nor the final test has seen.</param>
    /// <param name="cancellationToken">Heeded between evaluations.</param>
    /// <remarks>At most 52 evaluations.</remarks>
    public HybridOptions Tune(HybridOptions start, Func<HybridOptions, HybridQuality> judge, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(judge);
        _begun = clock.GetTimestamp();
        HybridOptions best = start;
        HybridQuality quality = judge(start);
        foreach ((TierWeight[] weights, double[] values) in (IEnumerable<(TierWeight[], double[])>)[.. Round, Round[0]])
        {
            HybridOptions found = Try(best, quality, weights, values, judge, cancellationToken);
            if (found != best && HasTime)
            {
                quality = judge(found);
            }

            best = found;
            if (!HasTime)
            {
                break;
            }
        }

        return best;
    }

    private bool HasTime => clock.GetElapsedTime(_begun) < budget;

    /// <summary>Tries each value on all these weights at once, and gives each weight what did best for its own shoppers.</summary>
    private HybridOptions Try(
        HybridOptions start, HybridQuality before, TierWeight[] weights, double[] values, Func<HybridOptions, HybridQuality> judge, CancellationToken cancellationToken)
    {
        (double Value, double Quality)[] best = [.. weights.Select(weight => (weight.Of(start), weight.Judged(before)))];
        foreach (double value in values.TakeWhile(_ => HasTime))
        {
            cancellationToken.ThrowIfCancellationRequested();
            HybridQuality quality = judge(weights.Aggregate(start, (options, weight) => weight.With(options, value)));
            for (int index = 0; index < weights.Length; index++)
            {
                best[index] = Better(best[index], (value, weights[index].Judged(quality)), weights[index].Of(start));
            }
        }

        HybridOptions chosen = start;
        for (int index = 0; index < weights.Length; index++)
        {
            chosen = best[index].Value == weights[index].Of(start) ? chosen : weights[index].With(chosen, best[index].Value);
        }

        return chosen;
    }

    private static (double Value, double Quality) Better((double Value, double Quality) best, (double Value, double Quality) other, double start) =>
        other.Quality > best.Quality
        || (other.Quality == best.Quality && best.Value != start && Math.Abs(other.Value - start) < Math.Abs(best.Value - start))
            ? other
            : best;

    /// <summary>A weight, and the tier whose shoppers judge it; null for all.</summary>
    private sealed record TierWeight(Strategy? Tier, Func<HybridOptions, double> Of, Func<HybridOptions, double, HybridOptions> With)
    {
        public double Judged(HybridQuality quality) =>
            Tier is not { } tier ? Finite(quality.Overall) : quality.ByTier.TryGetValue(tier, out double value) ? Finite(value) : double.NegativeInfinity;

        private static double Finite(double value) => double.IsFinite(value) ? value : double.NegativeInfinity;
    }
}
