using Aisle.Numerics;

namespace Aisle.Statistics.Quantiles;

/// <summary>A quantile of one arm with an interval from order statistics, which needs no density.</summary>
/// <remarks>
/// Deng, Knoblich and Lu (2018): the outer interval between the order statistics at nq ∓ z·√(nq(1 − q)), whose width over 2z is a standard
/// error. Beside it the exact binomial ranks. Null figures mean that the ranks fall outside the data.
/// </remarks>
public sealed record ArmQuantile
{
    /// <summary>How many values.</summary>
    public required long Count { get; init; }

    /// <summary>The quantile, linear between order statistics; null without values.</summary>
    public double? Value { get; init; }

    /// <summary>The smallest value with at least that share at or below it; null without values.</summary>
    public double? Inverse { get; init; }

    /// <summary>Rank of the outer interval's lower end, from 1.</summary>
    public long? OuterLowerRank { get; init; }

    /// <summary>Rank of the outer interval's upper end.</summary>
    public long? OuterUpperRank { get; init; }

    /// <summary>The outer interval's lower end.</summary>
    public double? OuterLow { get; init; }

    /// <summary>The outer interval's upper end.</summary>
    public double? OuterHigh { get; init; }

    /// <summary>Rank of the exact binomial interval's lower end.</summary>
    public long? ExactLowerRank { get; init; }

    /// <summary>Rank of the exact binomial interval's upper end.</summary>
    public long? ExactUpperRank { get; init; }

    /// <summary>The exact interval's lower end.</summary>
    public double? ExactLow { get; init; }

    /// <summary>The exact interval's upper end.</summary>
    public double? ExactHigh { get; init; }

    /// <summary>The outer interval's width over 2z, for independent values.</summary>
    public double? StandardError { get; init; }

    /// <summary>The quantile of sorted values.</summary>
    /// <param name="sorted">Ascending.</param>
    /// <param name="share">Which quantile, in (0, 1).</param>
    /// <param name="alpha">The two-sided error, in (0, 1).</param>
    public static ArmQuantile Of(IReadOnlyList<double> sorted, double share, double alpha)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        if (sorted.Count == 0)
        {
            return new ArmQuantile { Count = 0 };
        }

        int n = sorted.Count;
        double z = Normal.UpperQuantile(alpha / 2);
        double half = z * Math.Sqrt(n * share * (1 - share));
        long low = (long)Math.Floor((n * share) - half);
        long high = (long)Math.Ceiling((n * share) + half);
        bool isInside = low >= 1 && high <= n;
        (long? exactLow, long? exactHigh) = ExactRanks(n, share, alpha);
        return new ArmQuantile
        {
            Count = n,
            Value = Percentile.Linear(sorted, share),
            Inverse = Percentile.Inverse(sorted, share),
            OuterLowerRank = isInside ? low : null,
            OuterUpperRank = isInside ? high : null,
            OuterLow = isInside ? sorted[(int)low - 1] : null,
            OuterHigh = isInside ? sorted[(int)high - 1] : null,
            ExactLowerRank = exactLow,
            ExactUpperRank = exactHigh,
            ExactLow = exactLow is { } l ? sorted[(int)l - 1] : null,
            ExactHigh = exactHigh is { } h ? sorted[(int)h - 1] : null,
            StandardError = isInside ? (sorted[(int)high - 1] - sorted[(int)low - 1]) / (2 * z) : null,
        };
    }

    /// <summary>The quantile as a mean over clusters whose variance of the mean is the quantile's, so that a test of means judges quantiles
    /// that come in clusters (users) too.</summary>
    /// <param name="clusters">How many clusters.</param>
    /// <param name="designEffect">By how much clustering multiplies the variance; null below two clusters, which
    /// leaves no variance.</param>
    public ArmMean AsMean(long clusters, double? designEffect) =>
        Value is null ? new ArmMean(0, null, null, 0) : new ArmMean(clusters, Value, StandardError * StandardError * designEffect * clusters, 0);

    // The lower rank is the largest l with P(X < l) ≤ α/2, the upper one the smallest u with P(X ≥ u) ≤ α/2, for X binomial.
    private static (long? Low, long? High) ExactRanks(int n, double share, double alpha)
    {
        // Ten standard deviations below and above the centre there is no mass that a double could tell from none.
        double centre = n * share;
        double far = (10 * Math.Sqrt(n * share * (1 - share))) + 10;
        int first = (int)Math.Max(1, Math.Floor(centre - far));
        int last = (int)Math.Min(n, Math.Ceiling(centre + far));
        long? low = first > 1 ? first - 1 : null;
        double below = 0;
        for (int l = first; l <= last; l++)
        {
            below += Binomial(n, share, l - 1);
            if (below > alpha / 2)
            {
                break;
            }

            low = l;
        }

        long? high = last < n ? last + 1 : null;
        double above = 0;
        for (int u = last; u >= first; u--)
        {
            above += Binomial(n, share, u);
            if (above > alpha / 2)
            {
                break;
            }

            high = u;
        }

        return (low, high);
    }

    private static double Binomial(int n, double share, int k) => Math.Exp(
        LogGamma.Of(n + 1.0) - LogGamma.Of(k + 1.0) - LogGamma.Of(n - k + 1.0) + (k * Math.Log(share)) + ((n - k) * double.LogP1(-share)));
}
