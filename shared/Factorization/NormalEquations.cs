using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using Aisle.Numerics;

namespace Aisle.Factorization;

/// <summary>The f equations whose solution is one user's factors when the items' are given, or the other way round; plain version.</summary>
internal static class NormalEquations
{
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

    /// <summary>Solves one row exactly, in double precision.</summary>
    /// <param name="loss">What the weights mean.</param>
    /// <param name="gram">YᵀY, f × f.</param>
    /// <param name="columns">The row's observed items, or users.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="factors">Y.</param>
    /// <param name="a">Scratch f × f; afterwards the Cholesky factor of the row's matrix.</param>
    /// <param name="x">The solution, length f; zero when nothing was observed.</param>
    /// <remarks>Hu, Koren and Volinsky (2008), equation 4. O(f²·row + f³).</remarks>
    public static void Solve(
        IalsLoss loss, ReadOnlySpan<double> gram, ReadOnlySpan<int> columns, ReadOnlySpan<float> weights, FactorMatrix factors, Span<double> a, Span<double> x)
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

        double ridge = loss.Ridge(IalsLoss.Sum(weights), factors.Count);
        for (int diagonal = 0; diagonal < f; diagonal++)
        {
            a[(diagonal * f) + diagonal] += ridge;
        }

        Cholesky.Factor(a, f);
        Cholesky.Solve<double>(a, x);
    }
}
