using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using Aisle.Numerics;

namespace Aisle.Factorization.Solvers;

/// <summary>The f equations whose solution is one user's factors when the items' are given, or the other way
/// round; plain version.</summary>
internal static class NormalEquations
{
    /// <summary>A regularization smaller than this share of the largest entry is lost in rounding.</summary>
    private const double LeastRidge = 1e-15;

    /// <summary>A += w·y·yᵀ, lower triangle only.</summary>
    /// <param name="a">A, f × f, row-major.</param>
    /// <param name="y">Length f.</param>
    /// <param name="weight">w.</param>
    public static void AddOuter<T>(Span<T> a, ReadOnlySpan<T> y, T weight)
        where T : struct, IFloatingPointIeee754<T>
    {
        int f = y.Length;
        Debug.Assert(a.Length == f * f, "A must be f × f.");
        for (int row = 0; row < f; row++)
        {
            Span<T> lower = a.Slice(row * f, row + 1);
            TensorPrimitives.MultiplyAdd(y[..(row + 1)], weight * y[row], lower, lower);
        }
    }

    /// <summary>Solves one row of a half-step in double precision: what a kernel does when float32 does not suffice.</summary>
    public static void Solve(HalfStep step, int row)
    {
        int f = step.Known.Width;
        double[] x = new double[f];
        FactorMatrix observed = Gathered(step, row, out int[] positions);
        Solve(step.Loss, step.Gram, positions, step.Rows.WeightsOf(row), observed, step.Known.Count, new double[f * f], x);
        TensorPrimitives.ConvertTruncating<double, float>(x, step.Solved.Row(row));
    }

    private static FactorMatrix Gathered(HalfStep step, int row, out int[] positions)
    {
        ReadOnlySpan<int> columns = step.Rows.ItemsOf(row);
        FactorMatrix observed = new(columns.Length, step.Known.Width);
        positions = new int[columns.Length];
        for (int index = 0; index < columns.Length; index++)
        {
            positions[index] = index;
            step.Known.Row(columns[index]).CopyTo(observed.Row(index));
        }

        return observed;
    }

    /// <summary>Solves one row exactly, in double precision.</summary>
    /// <param name="loss">What the weights mean.</param>
    /// <param name="gram">YᵀY, f × f.</param>
    /// <param name="columns">The row's observed items, or users.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="factors">Y.</param>
    /// <param name="columnCount">N, how many items, or users, there are in all.</param>
    /// <param name="a">Scratch f × f; afterwards the Cholesky factor of the row's matrix.</param>
    /// <param name="x">The solution, length f; zero when nothing was observed.</param>
    /// <remarks>Hu, Koren and Volinsky (2008), equation 4. O(f²·row + f³). Weights so far apart that double precision does not suffice are
    /// regularized ten times more strongly until it does, so that there is always a finite solution.</remarks>
    public static void Solve(
        IalsLoss loss,
        ReadOnlySpan<double> gram,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<float> weights,
        FactorMatrix factors,
        int columnCount,
        Span<double> a,
        Span<double> x)
    {
        double ridge = loss.Ridge(IalsLoss.Sum(weights), columnCount);
        while (!TrySolve(loss, gram, columns, weights, factors, ridge, a, x))
        {
            ridge = 10 * Math.Max(ridge, LeastRidge * TensorPrimitives.MaxMagnitude<double>(a));
        }
    }

    /// <summary>Solves with a given regularization; false when the equations are not positive definite in double precision.</summary>
    private static bool TrySolve(
        IalsLoss loss, ReadOnlySpan<double> gram, ReadOnlySpan<int> columns, ReadOnlySpan<float> weights, FactorMatrix factors, double ridge, Span<double> a, Span<double> x)
    {
        int f = factors.Width;
        Span<double> y = f <= 256 ? stackalloc double[f] : new double[f];
        TensorPrimitives.Multiply(gram, loss.GramWeight, a);
        x.Clear();
        for (int index = 0; index < columns.Length; index++)
        {
            TensorPrimitives.ConvertChecked<float, double>(factors[columns[index]], y);
            AddOuter(a, y, loss.Extra(weights[index]));
            TensorPrimitives.MultiplyAdd(y, loss.Target(weights[index]), x, x);
        }

        for (int diagonal = 0; diagonal < f; diagonal++)
        {
            a[(diagonal * f) + diagonal] += ridge;
        }

        if (!Cholesky.TryFactor(a, f))
        {
            return false;
        }

        Cholesky.Solve<double>(a, x);
        return true;
    }
}
