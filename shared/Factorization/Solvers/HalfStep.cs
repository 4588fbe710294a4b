using Aisle.Feedback;

namespace Aisle.Factorization.Solvers;

/// <summary>One half of an iteration: all rows of one side are to be solved from the other side's factors.
/// Shared, read-only, by all threads.</summary>
/// <param name="Rows">Whom to solve, and what each of them was observed with.</param>
/// <param name="Known">The other side's factors.</param>
/// <param name="Solved">Where the solutions go.</param>
/// <param name="Loss">What the weights mean.</param>
/// <param name="Gram">YᵀY of the known factors, f × f.</param>
/// <param name="Ridges">ρ of each row, as <see cref="IalsLoss.Ridges"/> has it.</param>
internal sealed record HalfStep(InteractionMatrix Rows, PaddedFactors Known, PaddedFactors Solved, IalsLoss Loss, double[] Gram, float[] Ridges)
{
    /// <summary>The diagonal of <see cref="Gram"/> when the known factors were turned so that there is nothing
    /// beside it; else null.</summary>
    public double[]? Spectrum { get; init; }

    /// <summary>The same step once its known factors were turned.</summary>
    /// <param name="spectrum">The diagonal that YᵀY has become.</param>
    public HalfStep Turned(double[] spectrum)
    {
        double[] gram = new double[spectrum.Length * spectrum.Length];
        for (int i = 0; i < spectrum.Length; i++)
        {
            gram[(i * spectrum.Length) + i] = spectrum[i];
        }

        return this with { Gram = gram, Spectrum = spectrum };
    }

    /// <summary>Copies g·G into float32, padded to whole vectors.</summary>
    /// <param name="target">Stride × stride numbers.</param>
    /// <param name="paddingDiagonal">What stands on the diagonal of the padding: 1 keeps a padded system solvable
    /// with the unknowns at 0.</param>
    public unsafe void CopyGram(float* target, float paddingDiagonal)
    {
        int stride = Known.Stride;
        int f = Known.Width;
        for (int i = 0; i < stride; i++)
        {
            for (int j = 0; j < stride; j++)
            {
                bool inside = i < f && j < f;
                target[(i * stride) + j] = inside ? (float)(Loss.GramWeight * Gram[(i * f) + j]) : i == j ? paddingDiagonal : 0;
            }
        }
    }
}
