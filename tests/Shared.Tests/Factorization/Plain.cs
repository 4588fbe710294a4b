using Aisle.Factorization;
using Aisle.Factorization.Solvers;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Tests.Factorization;

/// <summary>Alternating least squares as the papers write it, row by row in double precision, beside which the fast one is held.</summary>
internal static class Plain
{
    /// <summary>The start that a trainer draws.</summary>
    public static FactorMatrix InitialItems(int count, IalsOptions options)
    {
        FactorMatrix items = new(count, options.Factors);
        for (int row = 0; row < count; row++)
        {
            SeededRandom random = SeededRandom.Derive(options.Seed, (ulong)row);
            foreach (ref float factor in items.Row(row))
            {
                factor = (float)(options.InitialDeviation / Math.Sqrt(options.Factors) * random.NextNormal());
            }
        }

        return items;
    }

    /// <summary>Solves all rows.</summary>
    public static FactorMatrix HalfStep(InteractionMatrix rows, FactorMatrix known, IalsOptions options)
    {
        int f = options.Factors;
        double[] gram = GramMatrix.Of(known);
        FactorMatrix solved = new(rows.UserCount, f);
        for (int row = 0; row < rows.UserCount; row++)
        {
            double[] x = new double[f];
            NormalEquations.Solve(new IalsLoss(options), gram, rows.ItemsOf(row), rows.WeightsOf(row), known, known.Count, new double[f * f], x);
            for (int factor = 0; factor < f; factor++)
            {
                solved.Row(row)[factor] = (float)x[factor];
            }
        }

        return solved;
    }
}
