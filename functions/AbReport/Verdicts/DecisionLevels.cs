using Aisle.Statistics.Sequential;

namespace Aisle.AbReport.Verdicts;

/// <summary>What p must not exceed at a look, so that looking every day and judging several goals keeps one error.</summary>
/// <remarks>
/// Lan-DeMets spending after O'Brien and Fleming over daily looks of the planned duration, time standing for information. For a
/// family, Holm's steps compare each p with the boundary of a design whose whole error is that step's share (Ye, Li, Liu and Yao
/// 2013); Benjamini-Hochberg's intervals are at the boundary of R·α ÷ m. The pair of p and interval is dual: p ≤ level exactly
/// when the interval at 1 − level excludes 0.
/// </remarks>
internal sealed class DecisionLevels
{
    private const int MostLooks = 60;

    // A planned look so shortly before now, as a share of the time between two, is the one that is taken now.
    private const double SameLook = 0.1;

    // In the first days next to nothing is spent, and an interval at an error of nothing has no ends.
    private const double LeastLevel = 1e-15;

    private readonly double[] _fractions;
    private readonly Dictionary<(double Error, bool IsTwoSided), double> _known = [];

    /// <summary>The looks of an experiment up to now.</summary>
    /// <param name="daysPassed">Days since the start.</param>
    /// <param name="daysPlanned">Days from the start to the planned end, positive.</param>
    public DecisionLevels(double daysPassed, double daysPlanned)
    {
        double step = Math.Max(1, Math.Ceiling(daysPlanned / MostLooks));
        double now = Math.Clamp(daysPassed / daysPlanned, 1e-6, 1);
        _fractions =
        [
            .. Enumerable.Range(1, MostLooks).Select(look => look * step / daysPlanned).TakeWhile(fraction => fraction < now - (SameLook * step / daysPlanned)),
            now,
        ];
    }

    /// <summary>How many looks there were, this one included.</summary>
    public int Looks => _fractions.Length;

    /// <summary>The nominal error at this look of a design with a whole error; positive.</summary>
    /// <param name="alpha">The error over all looks.</param>
    /// <param name="isTwoSided">Whether both directions count.</param>
    public double Nominal(double alpha, bool isTwoSided = true)
    {
        if (!_known.TryGetValue((alpha, isTwoSided), out double nominal))
        {
            nominal = Math.Max(GroupSequentialDesign.Of(_fractions, alpha, SpendingFunction.OBrienFleming, isTwoSided).NominalPValues[^1], LeastLevel);
            _known.Add((alpha, isTwoSided), nominal);
        }

        return nominal;
    }

    /// <summary>The level of each test of a family at this look.</summary>
    /// <param name="values">Unadjusted p-values; null leaves the family, and gets the level of a test alone.</param>
    /// <param name="alpha">The error of the family over all looks.</param>
    /// <param name="correction">How it is shared.</param>
    public IReadOnlyList<double> Of(IReadOnlyList<double?> values, double alpha, FamilyCorrection correction)
    {
        double[] levels = [.. values.Select(_ => Nominal(alpha))];
        int[] order = [.. Enumerable.Range(0, values.Count).Where(i => values[i] is not null).OrderBy(i => values[i])];
        if (correction == FamilyCorrection.BenjaminiHochberg)
        {
            int rejected = order.Length;
            while (rejected > 0 && values[order[rejected - 1]] > Nominal(rejected * alpha / order.Length))
            {
                rejected--;
            }

            Array.ForEach(order, i => levels[i] = Nominal(Math.Max(rejected, 1) * alpha / order.Length));
            return levels;
        }

        for (int rank = 0; rank < order.Length; rank++)
        {
            double level = Nominal(alpha / (order.Length - rank));
            levels[order[rank]] = level;
            if (values[order[rank]] > level)
            {
                // Behind the first that is kept nothing is rejected: the others share its level.
                Array.ForEach(order[rank..], i => levels[i] = level);
                break;
            }
        }

        return levels;
    }
}
