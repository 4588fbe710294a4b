using System.Buffers;
using System.Numerics.Tensors;
using Aisle.Factorization.Solvers;

namespace Aisle.Factorization.Folding;

/// <summary>Solves a user's factors from fresh interactions while the item factors stay as trained: what a first click changes at
/// once. Safe for several threads.</summary>
/// <remarks>Hu, Koren and Volinsky (2008), equation 4, and section 5 for the explanation. In double precision;
/// O(f²·interactions + f³) for each user.</remarks>
public sealed class FoldIn
{
    private readonly FactorMatrix _items;
    private readonly IalsLoss _loss;
    private readonly double[] _gram;
    private readonly GramAxes _axes;

    /// <summary>Prepares what all users share: O(items·f²).</summary>
    /// <param name="items">The trained item factors.</param>
    /// <param name="options">The options they were trained with.</param>
    public FoldIn(FactorMatrix items, IalsOptions options)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _items = items;
        _loss = new IalsLoss(options);
        _gram = GramMatrix.Of(items);
        _axes = new GramAxes(items, _gram);
    }

    /// <summary>f, the length of a user's factors.</summary>
    public int Factors => _items.Width;

    /// <summary>Solves a user's factors.</summary>
    /// <param name="items">What the user interacted with, by index; each once. Empty gives zero factors.</param>
    /// <param name="weights">How much each says, positive, on the scale of training.</param>
    /// <param name="userFactor">The solution, length f.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An item is unknown or a weight not positive and finite.</exception>
    /// <remarks>Allocates nothing once the thread has called it, up to 256 factors.</remarks>
    public void Solve(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, Span<float> userFactor)
    {
        if (userFactor.Length != Factors)
        {
            throw new ArgumentException($"A user has {Factors} factors, not {userFactor.Length}.", nameof(userFactor));
        }

        Check(items, weights);
        double[] scratch = ArrayPool<double>.Shared.Rent((Factors * Factors) + Factors);
        Span<double> a = scratch.AsSpan(0, Factors * Factors), x = scratch.AsSpan(Factors * Factors, Factors);
        try
        {
            NormalEquations.Solve(_loss, _gram, items, weights, _items, _items.Count, a, x);
            TensorPrimitives.ConvertTruncating<double, float>(x, userFactor);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scratch);
        }
    }

    /// <summary>Solves a user's factors and keeps what it takes to explain scores.</summary>
    /// <param name="items">As in <see cref="Solve"/>.</param>
    /// <param name="weights">As in <see cref="Solve"/>.</param>
    /// <remarks>O(f²·interactions + f³), once for all scores that are explained afterwards.</remarks>
    public FoldedUser Fold(ReadOnlySpan<int> items, ReadOnlySpan<float> weights)
    {
        Check(items, weights);
        double[] matrix = new double[Factors * Factors];
        double[] x = new double[Factors];
        NormalEquations.Solve(_loss, _gram, items, weights, _items, _items.Count, matrix, x);
        double[] targets = new double[weights.Length];
        for (int index = 0; index < targets.Length; index++)
        {
            targets[index] = _loss.Target(weights[index]);
        }

        return new FoldedUser(_items, items.ToArray(), targets, matrix, x);
    }

    /// <summary>Prepares to split scores among interactions, in the form that is cheaper for their number.</summary>
    /// <param name="items">As in <see cref="Solve"/>; not empty.</param>
    /// <param name="weights">As in <see cref="Solve"/>.</param>
    /// <returns>Takes an item and fills what each interaction adds to its score, in the order given.</returns>
    internal ContributionSplit Split(ReadOnlySpan<int> items, ReadOnlySpan<float> weights)
    {
        Check(items, weights);
        InteractionShares? shares = items.Length < Factors ? InteractionShares.Of(_axes, _loss, items, weights, Factors, _items.Count) : null;
        if (shares is not null)
        {
            return shares.Explain;
        }

        FoldedUser user = Fold(items, weights);
        return (target, contributions) => user.Explain(target, contributions);
    }

    /// <summary>Fills what each interaction adds to an item's score.</summary>
    internal delegate void ContributionSplit(int target, Span<double> contributions);

    /// <summary>Splits the score of one item into what each past interaction adds to it; the parts sum to the score.</summary>
    /// <param name="items">What the user interacted with, as in <see cref="Solve"/>.</param>
    /// <param name="weights">How much each says, as in <see cref="Solve"/>.</param>
    /// <param name="target">The item whose score is explained, by index.</param>
    /// <param name="contributions">As long as <paramref name="items"/>: t_j·y_targetᵀ·A⁻¹·y_j, which may be negative.</param>
    /// <returns>The score, y_targetᵀ·x.</returns>
    /// <remarks>Hu, Koren and Volinsky (2008), section 5: x = A⁻¹·Σ t_j·y_j, so the score is a sum over the user's interactions.</remarks>
    public double Explain(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, int target, Span<double> contributions) =>
        Fold(items, weights).Explain(target, contributions);

    private void Check(ReadOnlySpan<int> items, ReadOnlySpan<float> weights)
    {
        if (items.Length != weights.Length)
        {
            throw new ArgumentException($"{items.Length} items need as many weights, not {weights.Length}.", nameof(weights));
        }

        for (int index = 0; index < items.Length; index++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)items[index], (uint)_items.Count, nameof(items));
            if (!float.IsFinite(weights[index]) || weights[index] <= 0)
            {
                throw new ArgumentOutOfRangeException(nameof(weights), weights[index], "A weight must be positive and finite.");
            }
        }
    }
}
