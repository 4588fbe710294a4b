using System.Numerics.Tensors;
using Aisle.Feedback;

namespace Aisle.Factorization;

/// <summary>What one row's normal equations are made of, and the value of the loss, for both parametrizations.</summary>
/// <remarks>A row solves (g·G + Σ w·y·yᵀ + ρ·I)·x = Σ t·y over its observed y, where G = YᵀY counts every pair as unobserved, g is
/// <see cref="GramWeight"/>, w is <see cref="Extra"/>, t is <see cref="Target"/> and ρ is <see cref="Ridge"/>.</remarks>
internal sealed class IalsLoss(IalsOptions options)
{
    private readonly bool _frequencyScaled = options.Parametrization == IalsParametrization.FrequencyScaled;
    private readonly float _confidenceScale = (float)options.ConfidenceScale;

    /// <summary>g, the weight of an unobserved pair.</summary>
    public double GramWeight => _frequencyScaled ? options.UnobservedWeight : 1;

    /// <summary>w, what an observed pair of this weight adds to g.</summary>
    public float Extra(float weight) => _frequencyScaled ? weight : _confidenceScale * weight;

    /// <summary>t, the weight with which an observed pair of this weight pulls its score to 1.</summary>
    public float Target(float weight) => _frequencyScaled ? weight : 1 + (_confidenceScale * weight);

    /// <summary>ρ, the regularization of a row.</summary>
    /// <param name="weightSum">The sum of the row's weights.</param>
    /// <param name="columnCount">N, how many items (for a user) or users (for an item) there are.</param>
    public double Ridge(double weightSum, int columnCount) => _frequencyScaled
        ? options.Regularization * Math.Pow(weightSum + (options.UnobservedWeight * columnCount), options.FrequencyExponent)
        : options.Regularization;

    /// <summary>ρ of each row of a matrix, which does not change from one iteration to the next.</summary>
    public float[] Ridges(InteractionMatrix matrix)
    {
        float[] ridges = new float[matrix.UserCount];
        for (int row = 0; row < ridges.Length; row++)
        {
            ridges[row] = (float)Ridge(Sum(matrix.WeightsOf(row)), matrix.ItemCount);
        }

        return ridges;
    }

    /// <summary>The loss of these factors on this matrix, in double precision. For tests and benchmarks:
    /// O(f·interactions + f²·(users + items)).</summary>
    public double Of(InteractionMatrix matrix, FactorMatrix users, FactorMatrix items)
    {
        double loss = Regularizer(matrix, users) + Regularizer(matrix.Transpose(), items);
        double[] left = Gram(users);
        double[] right = Gram(items);
        loss += GramWeight * TensorPrimitives.Dot<double>(left, right);
        for (int user = 0; user < matrix.UserCount; user++)
        {
            loss += Observed(matrix, users, items, user);
        }

        return loss;
    }

    private double Observed(InteractionMatrix matrix, FactorMatrix users, FactorMatrix items, int user)
    {
        double loss = 0;
        ReadOnlySpan<int> row = matrix.ItemsOf(user);
        ReadOnlySpan<float> weights = matrix.WeightsOf(user);
        for (int index = 0; index < row.Length; index++)
        {
            double score = Dot(users[user], items[row[index]]);
            double target = Target(weights[index]);
            loss += target - (2 * target * score) + (Extra(weights[index]) * score * score);
        }

        return loss;
    }

    private double Regularizer(InteractionMatrix matrix, FactorMatrix factors)
    {
        double sum = 0;
        for (int row = 0; row < matrix.UserCount; row++)
        {
            sum += Ridge(Sum(matrix.WeightsOf(row)), matrix.ItemCount) * Dot(factors[row], factors[row]);
        }

        return sum;
    }

    /// <summary>The sum of a row's weights, in double precision and in the row's order.</summary>
    public static double Sum(ReadOnlySpan<float> weights)
    {
        double sum = 0;
        foreach (float weight in weights)
        {
            sum += weight;
        }

        return sum;
    }

    private static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double sum = 0;
        for (int index = 0; index < left.Length; index++)
        {
            sum += (double)left[index] * right[index];
        }

        return sum;
    }

    private static double[] Gram(FactorMatrix factors)
    {
        int f = factors.Width;
        double[] gram = new double[f * f];
        for (int row = 0; row < factors.Count; row++)
        {
            ReadOnlySpan<float> y = factors[row];
            for (int i = 0; i < f; i++)
            {
                for (int j = 0; j < f; j++)
                {
                    gram[(i * f) + j] += (double)y[i] * y[j];
                }
            }
        }

        return gram;
    }
}
