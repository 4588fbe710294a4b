using System.Numerics.Tensors;
using Aisle.Numerics;

namespace Aisle.Factorization.Folding;

/// <summary>Splits scores among a user's interactions without solving for the user's factors: what <see cref="FoldedUser"/> says, at a
/// fraction of the cost while the history is short.</summary>
/// <remarks>With A₀ = g·YᵀY + ρ·I and A = A₀ + Σ w_j·y_j·y_jᵀ, the identity of Woodbury turns y_iᵀ·A⁻¹·y_j into (K +
/// W⁻¹)⁻¹·k_i / w_j, where K and k_i hold the inner products under A₀⁻¹: T equations instead of f. O(T²·f + T³) once, then
/// O(T·f + T²) for each item, T interactions.</remarks>
internal sealed class InteractionShares
{
    private readonly GramAxes _axes;
    private readonly double[] _ratios;
    private readonly double[] _cholesky;
    private readonly float[] _weighted;

    private InteractionShares(GramAxes axes, double[] ratios, double[] cholesky, float[] weighted) =>
        (_axes, _ratios, _cholesky, _weighted) = (axes, ratios, cholesky, weighted);

    /// <summary>Prepares a history.</summary>
    /// <param name="axes">The items.</param>
    /// <param name="loss">What weights mean.</param>
    /// <param name="items">What the user interacted with, each once; not empty.</param>
    /// <param name="weights">How much each says, positive.</param>
    /// <param name="width">f.</param>
    /// <param name="itemCount">N.</param>
    /// <returns>Null when the equations are too badly conditioned for this form.</returns>
    public static InteractionShares? Of(GramAxes axes, IalsLoss loss, ReadOnlySpan<int> items, ReadOnlySpan<float> weights, int width, int itemCount)
    {
        int count = items.Length;
        Span<float> stiffness = width <= 256 ? stackalloc float[width] : new float[width];
        axes.Weigh(loss.GramWeight, loss.Ridge(IalsLoss.Sum(weights), itemCount), stiffness);
        float[] weighted = new float[count * width];
        double[] a = new double[count * count];
        double[] ratios = new double[count];
        for (int row = 0; row < count; row++)
        {
            double extra = loss.Extra(weights[row]);
            if (!(extra > 0))
            {
                return null;
            }

            ratios[row] = loss.Target(weights[row]) / extra;
            TensorPrimitives.Multiply(axes[items[row]], stiffness, weighted.AsSpan(row * width, width));
            for (int column = 0; column <= row; column++)
            {
                a[(row * count) + column] = TensorPrimitives.Dot(axes[items[row]], weighted.AsSpan(column * width, width));
            }

            a[(row * count) + row] += 1 / extra;
        }

        return Cholesky.TryFactor<double>(a, count) ? new InteractionShares(axes, ratios, a, weighted) : null;
    }

    /// <summary>What each interaction adds to the score of an item; the parts sum to the score.</summary>
    /// <param name="target">The item.</param>
    /// <param name="contributions">One for each interaction, in the order given.</param>
    public void Explain(int target, Span<double> contributions)
    {
        int width = _weighted.Length / _ratios.Length;
        ReadOnlySpan<float> factors = _axes[target];
        for (int index = 0; index < contributions.Length; index++)
        {
            contributions[index] = TensorPrimitives.Dot(factors, _weighted.AsSpan(index * width, width));
        }

        Cholesky.Solve<double>(_cholesky, contributions);
        TensorPrimitives.Multiply<double>(contributions, _ratios, contributions);
    }
}
