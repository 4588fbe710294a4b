using System.Numerics.Tensors;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Candidates.ItemToItem;

/// <summary>EASE with the user-side inverse M = (XXᵀ + λI)⁻¹: x·P = (x − (x·Xᵀ)·M·X) / λ, for data with fewer users than items.</summary>
internal sealed class EaseDualScorer : IItemScorer
{
    private readonly InteractionMatrix _matrix;
    private readonly InteractionMatrix _transpose;
    private readonly AlignedBuffer _inverse;
    private readonly int _stride;
    private readonly float _regularization;
    private readonly float[] _scales;

    /// <summary>Takes ownership of the inverse.</summary>
    /// <param name="matrix">X, what was trained on.</param>
    /// <param name="inverse">M, padded.</param>
    /// <param name="regularization">λ.</param>
    public EaseDualScorer(InteractionMatrix matrix, AlignedBuffer inverse, double regularization)
    {
        _matrix = matrix;
        _transpose = matrix.Transpose();
        _inverse = inverse;
        _stride = SymmetricInverse.Padded(matrix.UserCount);
        _regularization = (float)regularization;
        _scales = new float[matrix.ItemCount];
        Parallel.For(0, matrix.ItemCount, item => _scales[item] = (float)(-1 / Diagonal(item)));
    }

    /// <inheritdoc/>
    public int ItemCount => _matrix.ItemCount;

    /// <inheritdoc/>
    /// <remarks>O(users² + interactions): a history is compared with every user.</remarks>
    public void Score(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, Span<float> scores)
    {
        float[] overlaps = new float[_matrix.UserCount];
        SparseProduct.AddCombination(items, weights, _transpose, overlaps);
        float[] users = new float[_matrix.UserCount];
        for (int user = 0; user < overlaps.Length; user++)
        {
            if (overlaps[user] != 0)
            {
                TensorPrimitives.MultiplyAdd(_inverse.Slice((long)user * _stride, users.Length), -overlaps[user] / _regularization, users, users);
            }
        }

        Finish(users, items, weights, 1 / _regularization, scores);
    }

    /// <summary>Scores all items for a user of the training data: there x·P is the user's row of M·X.</summary>
    /// <remarks>O(interactions).</remarks>
    public void ScoreTrained(int user, Span<float> scores) =>
        Finish(_inverse.Slice((long)user * _stride, _matrix.UserCount), _matrix.ItemsOf(user), _matrix.WeightsOf(user), 0, scores);

    /// <summary>Turns weights of users, and a direct share of the history, into scores.</summary>
    private void Finish(ReadOnlySpan<float> users, ReadOnlySpan<int> items, ReadOnlySpan<float> weights, float direct, Span<float> scores)
    {
        scores.Clear();
        for (int user = 0; user < users.Length; user++)
        {
            ReadOnlySpan<int> row = _matrix.ItemsOf(user);
            ReadOnlySpan<float> values = _matrix.WeightsOf(user);
            for (int index = 0; index < row.Length; index++)
            {
                scores[row[index]] += users[user] * values[index];
            }
        }

        for (int index = 0; index < items.Length; index++)
        {
            scores[items[index]] += direct * weights[index];
        }

        TensorPrimitives.Multiply(scores, _scales, scores);
        for (int index = 0; index < items.Length; index++)
        {
            scores[items[index]] += weights[index];
        }
    }

    /// <summary>P_jj = (1 − x_jᵀ·M·x_j) / λ.</summary>
    private double Diagonal(int item)
    {
        ReadOnlySpan<int> users = _transpose.ItemsOf(item);
        ReadOnlySpan<float> weights = _transpose.WeightsOf(item);
        double sum = 0;
        for (int index = 0; index < users.Length; index++)
        {
            ReadOnlySpan<float> row = _inverse.Slice((long)users[index] * _stride, _matrix.UserCount);
            for (int other = 0; other < users.Length; other++)
            {
                sum += (double)weights[index] * weights[other] * row[users[other]];
            }
        }

        return (1 - sum) / _regularization;
    }
}
