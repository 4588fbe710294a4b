using System.Numerics.Tensors;
using Aisle.Numerics;

namespace Aisle.Reranking;

/// <summary>Gives products that the model would not show a known chance to be seen, position by position.</summary>
/// <remarks>Each position p with ε_p above 0 tosses a coin; on heads it draws one product of the pool with probability q in proportion to
/// its weight. A product that an earlier position already took is not shown twice: the position then stays as it was. Since the draws are
/// independent, the propensity of product e at position p is exactly ε_p·q_e·∏_{p' &lt; p}(1 − ε_p'·q_e), and what stands there otherwise
/// has one minus the sum over the pool. The pool must not overlap with what stands in the slate.</remarks>
public static class ExplorationPolicy
{
    /// <summary>Draws for all positions in order.</summary>
    /// <param name="chances">ε_p of each position, in [0, 1].</param>
    /// <param name="poolWeights">The weight of each product of the pool, positive and finite; may be empty, and
    /// then nothing is drawn.</param>
    /// <param name="random">The request's chance; two numbers are taken for each position whose ε is not 0, whatever happens.</param>
    /// <returns>One outcome for each position.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A chance or a weight is out of range.</exception>
    /// <remarks>O(positions · pool).</remarks>
    public static ExplorationDraw[] Draw(ReadOnlySpan<double> chances, ReadOnlySpan<double> poolWeights, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ExplorationDraw[] draws = new ExplorationDraw[chances.Length];
        if (!chances.ContainsAnyExcept(0.0))
        {
            Array.Fill(draws, new ExplorationDraw(null, 1));
            return draws;
        }

        double[] shares = Shares(poolWeights);
        double[] unplaced = new double[shares.Length];
        Array.Fill(unplaced, 1);
        bool[] taken = new bool[shares.Length];
        for (int position = 0; position < chances.Length; position++)
        {
            double chance = Chance(chances[position]);
            if (chance == 0 || shares.Length == 0)
            {
                draws[position] = new ExplorationDraw(null, 1);
                continue;
            }

            draws[position] = DrawOne(chance, shares, unplaced, taken, random);
            for (int product = 0; product < shares.Length; product++)
            {
                unplaced[product] *= 1 - (chance * shares[product]);
            }
        }

        return draws;
    }

    private static ExplorationDraw DrawOne(double chance, double[] shares, double[] unplaced, bool[] taken, SeededRandom random)
    {
        bool heads = random.NextDouble() < chance;
        int drawn = Pick(shares, random.NextDouble());
        if (heads && !taken[drawn])
        {
            taken[drawn] = true;
            return new ExplorationDraw(drawn, chance * shares[drawn] * unplaced[drawn]);
        }

        double explored = 0;
        for (int product = 0; product < shares.Length; product++)
        {
            explored += chance * shares[product] * unplaced[product];
        }

        return new ExplorationDraw(null, 1 - explored);
    }

    private static int Pick(double[] shares, double point)
    {
        double sum = 0;
        for (int product = 0; product < shares.Length - 1; product++)
        {
            sum += shares[product];
            if (point < sum)
            {
                return product;
            }
        }

        return shares.Length - 1;
    }

    private static double[] Shares(ReadOnlySpan<double> weights)
    {
        double[] shares = weights.ToArray();
        double total = 0;
        foreach (double weight in shares)
        {
            if (!(weight > 0) || !double.IsFinite(weight))
            {
                throw new ArgumentOutOfRangeException(nameof(weights), weight, "A pool weight must be positive and finite; leave out what may not be drawn.");
            }

            total += weight;
        }

        TensorPrimitives.Divide(shares, total, shares);
        return shares;
    }

    private static double Chance(double chance) => chance is >= 0 and <= 1
        ? chance
        : throw new ArgumentOutOfRangeException(nameof(chance), chance, "A chance must be in 0 … 1.");
}
