using Aisle.Candidates.Shoppers;

namespace Aisle.Candidates.Hybrid;

/// <summary>Learns how much each source counts on shoppers held out for validation: the collaborative share and popularity's weight tier by
/// tier, the neighbours' share of their tier, and the walks' share for all.</summary>
/// <remarks>One kind of weight after the other over a fixed grid. Weights of different tiers are judged by different shoppers, so they
/// are tried at once. A value changes only when its lead is more than its standard error, and among equals the one nearest to the present
/// wins, so that noise moves little.</remarks>
/// <param name="budget">After this time no new kind of weight is tried.</param>
/// <param name="clock">Measures the budget.</param>
public sealed class HybridTuner(TimeSpan budget, TimeProvider clock)
{
    private static readonly double[] WalkShares = [0, 0.25, 0.5, 0.75, 1];
    private static readonly double[] PopularityWeights = [0, 0.05, 0.1, 0.2, 0.5, 1, 2, 4, TierMix.MostBeta];
    private static readonly double[] Shares = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

    private static readonly TierWeight[] Collaborative =
    [
        new(Strategy.ContentOnly, options => options.ContentTier.Collaborative, (options, value) => options with { ContentTier = options.ContentTier with { Collaborative = value } }),
        new(Strategy.ContentPlusNeighbours, options => options.NeighbourTier.Collaborative,
            (options, value) => options with { NeighbourTier = options.NeighbourTier with { Collaborative = value } }),
        new(Strategy.FullHybrid, options => options.Alpha, (options, value) => options with { Alpha = value }),
    ];

    private static readonly TierWeight[] Neighbours =
        [new(Strategy.ContentPlusNeighbours, options => options.NeighbourShare, (options, value) => options with { NeighbourShare = value })];

    private static readonly TierWeight[] Walks = [new(null, options => options.WalkShare, (options, value) => options with { WalkShare = value })];

    // The full hybrid's comes last: tiers without a β of their own would follow it, and were judged by what they have now.
    private static readonly TierWeight[] Popularity =
    [
        new(Strategy.ContentOnly, options => options.BetaOf(Strategy.ContentOnly), (options, value) => options with { ContentTier = options.ContentTier with { Beta = value } }),
        new(Strategy.ContentPlusNeighbours, options => options.BetaOf(Strategy.ContentPlusNeighbours),
            (options, value) => options with { NeighbourTier = options.NeighbourTier with { Beta = value } }),
        new(Strategy.FullHybrid, options => options.Beta, (options, value) => Pinned(options) with { Beta = value }),
    ];

    private static readonly (TierWeight[] Weights, double[] Values)[] Round =
        [(Collaborative, Shares), (Popularity, PopularityWeights), (Neighbours, Shares), (Walks, WalkShares)];

    private const int Rounds = 2;

    /// <summary>The options whose weights did best on validation.</summary>
    /// <param name="start">What is kept when nothing does better; all other options are taken from it.</param>
    /// <param name="judge">Judges options, one quality for each, for instance by mean NDCG. It must judge on a validation split that
    /// neither training nor the final test has seen.</param>
    /// <param name="cancellationToken">Heeded between evaluations.</param>
    /// <remarks>At most 8 evaluations of up to 12 options.</remarks>
    public HybridOptions Tune(HybridOptions start, Func<IReadOnlyList<HybridOptions>, IReadOnlyList<HybridQuality>> judge, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(judge);
        long begun = clock.GetTimestamp();
        HybridOptions best = start;
        foreach ((TierWeight[] weights, double[] values) in Enumerable.Repeat(Round, Rounds).SelectMany(round => round).TakeWhile(_ => clock.GetElapsedTime(begun) < budget))
        {
            cancellationToken.ThrowIfCancellationRequested();
            best = Try(best, weights, values, judge);
        }

        return best;
    }

    /// <summary>Tries each value on all these weights at once, beside what there is, and gives each weight what
    /// did best for its own shoppers.</summary>
    private static HybridOptions Try(
        HybridOptions start, TierWeight[] weights, double[] values, Func<IReadOnlyList<HybridOptions>, IReadOnlyList<HybridQuality>> judge)
    {
        IReadOnlyList<HybridQuality> qualities = judge([start, .. values.Select(value => weights.Aggregate(start, (options, weight) => weight.With(options, value)))]);
        HybridOptions chosen = start;
        foreach (TierWeight weight in weights)
        {
            double present = weight.Of(start);
            (double Value, double Quality) best = (present, weight.Judged(qualities[0]));
            for (int index = 0; index < values.Length; index++)
            {
                best = Better(best, (values[index], weight.Judged(qualities[index + 1])), present);
            }

            chosen = best.Value == present ? chosen : weight.With(chosen, best.Value);
        }

        return chosen;
    }

    private static HybridOptions Pinned(HybridOptions options) => options with
    {
        ContentTier = options.ContentTier with { Beta = options.BetaOf(Strategy.ContentOnly) },
        NeighbourTier = options.NeighbourTier with { Beta = options.BetaOf(Strategy.ContentPlusNeighbours) },
    };

    private static (double Value, double Quality) Better((double Value, double Quality) best, (double Value, double Quality) other, double start) =>
        other.Quality > best.Quality
        || (other.Quality == best.Quality && best.Value != start && Math.Abs(other.Value - start) < Math.Abs(best.Value - start))
            ? other
            : best;

    /// <summary>A weight, and the tier whose shoppers judge it; null for all.</summary>
    private sealed record TierWeight(Strategy? Tier, Func<HybridOptions, double> Of, Func<HybridOptions, double, HybridOptions> With)
    {
        public double Judged(HybridQuality quality) =>
            Tier is not { } tier ? Finite(quality.Overall - quality.ErrorOfLead)
            : quality.ByTier.TryGetValue(tier, out double value) ? Finite(value - quality.ErrorsOfLead.GetValueOrDefault(tier)) : double.NegativeInfinity;

        private static double Finite(double value) => double.IsFinite(value) ? value : double.NegativeInfinity;
    }
}
