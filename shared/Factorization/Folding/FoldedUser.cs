using Aisle.Numerics;

namespace Aisle.Factorization.Folding;

/// <summary>A user whose factors were solved from fresh interactions, with what it takes to explain any score:
/// the factored normal equations.</summary>
/// <remarks>Hu, Koren and Volinsky (2008), section 5: x = A⁻¹·Σ t_j·y_j, so a score is a sum over the user's interactions.</remarks>
public sealed class FoldedUser
{
    private readonly FactorMatrix _items;
    private readonly int[] _touched;
    private readonly double[] _targets;
    private readonly double[] _cholesky;
    private readonly double[] _solution;
    private readonly float[] _factors;

    internal FoldedUser(FactorMatrix items, int[] touched, double[] targets, double[] cholesky, double[] solution)
    {
        _items = items;
        _touched = touched;
        _targets = targets;
        _cholesky = cholesky;
        _solution = solution;
        _factors = [.. solution.Select(value => (float)value)];
    }

    /// <summary>The user's factors, length f.</summary>
    public ReadOnlySpan<float> Factors => _factors;

    /// <summary>Splits the score of one item into what each past interaction adds to it; the parts sum to the score.</summary>
    /// <param name="target">The item whose score is explained, by index.</param>
    /// <param name="contributions">One for each item that was folded in, in that order: t_j·y_targetᵀ·A⁻¹·y_j,
    /// which may be negative.</param>
    /// <returns>The score, y_targetᵀ·x.</returns>
    /// <remarks>O(f² + interactions·f).</remarks>
    public double Explain(int target, Span<double> contributions)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)target, (uint)_items.Count, nameof(target));
        if (contributions.Length != _touched.Length)
        {
            throw new ArgumentException("There is one contribution for each item.", nameof(contributions));
        }

        double[] influence = new double[_items.Width];
        for (int index = 0; index < influence.Length; index++)
        {
            influence[index] = _items[target][index];
        }

        double score = Dot(_items[target], _solution);
        Cholesky.Solve<double>(_cholesky, influence);
        for (int index = 0; index < _touched.Length; index++)
        {
            contributions[index] = _targets[index] * Dot(_items[_touched[index]], influence);
        }

        return score;
    }

    private static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int index = 0; index < left.Length; index++)
        {
            sum += left[index] * right[index];
        }

        return sum;
    }
}
