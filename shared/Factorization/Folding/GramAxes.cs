using System.Numerics.Tensors;
using Aisle.Numerics;

namespace Aisle.Factorization.Folding;

/// <summary>Item factors seen along the axes on which YᵀY only stretches, where inner products with (g·YᵀY + ρ·I)⁻¹ in between are weighted
/// sums. Safe for several threads.</summary>
/// <param name="items">Y.</param>
/// <param name="gram">YᵀY.</param>
internal sealed class GramAxes(FactorMatrix items, double[] gram)
{
    private readonly float[]?[] _turned = new float[items.Count][];
    private readonly Lazy<(float[] Axes, double[] Stretches)> _axes = new(() =>
    {
        (double[] values, double[] rows) = JacobiEigen.Decompose(gram, items.Width);
        return ([.. rows.Select(value => (float)value)], values);
    });

    /// <summary>An item's factors along the axes; turned when first asked for, O(f²), then kept.</summary>
    public ReadOnlySpan<float> this[int item] => _turned[item] ??= Turn(item);

    /// <summary>Fills the weights of the inner product: 1 / (g·stretch + ρ) for each axis.</summary>
    /// <param name="gramWeight">g.</param>
    /// <param name="ridge">ρ; 0 where an axis has no stretch leaves that axis out.</param>
    /// <param name="weights">Length f.</param>
    public void Weigh(double gramWeight, double ridge, Span<float> weights)
    {
        double[] stretches = _axes.Value.Stretches;
        for (int axis = 0; axis < weights.Length; axis++)
        {
            double stiffness = (gramWeight * stretches[axis]) + ridge;
            weights[axis] = stiffness > 0 ? (float)(1 / stiffness) : 0;
        }
    }

    private float[] Turn(int item)
    {
        float[] axes = _axes.Value.Axes;
        float[] turned = new float[items.Width];
        for (int axis = 0; axis < turned.Length; axis++)
        {
            turned[axis] = TensorPrimitives.Dot<float>(axes.AsSpan(axis * items.Width, items.Width), items[item]);
        }

        return turned;
    }
}
