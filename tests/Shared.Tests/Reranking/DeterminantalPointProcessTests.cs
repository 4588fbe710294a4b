using System.Numerics.Tensors;
using Aisle.Factorization;
using Aisle.Reranking;
using CsCheck;
using MathNet.Numerics.LinearAlgebra;

namespace Aisle.Tests.Reranking;

public sealed class DeterminantalPointProcessTests
{
    /// <summary>Relative: picks whose determinants lie this close are one pick for single precision.</summary>
    private const double Rounding = 1e-3;

    [Fact]
    public void Each_pick_adds_most_to_the_determinant_as_in_brute_force() =>
        Gen.Select(Gen.Int[1, 12], Gen.Double[0, 0.8], Gen.ULong).Sample((count, lambda, seed) =>
        {
            FactorMatrix embeddings = MaximalMarginalRelevanceTests.UnitRows(count, seed);
            float[] relevance = [.. Enumerable.Range(0, count).Select(i => (float)(i * 7 % count))];
            int[] selected = Select(relevance, embeddings, lambda, Math.Min(4, count));
            Matrix<double> kernel = Kernel(relevance, embeddings, lambda);
            return Enumerable.Range(1, selected.Length).All(length =>
            {
                double ours = Determinant(kernel, selected[..length]);
                double best = Enumerable.Range(0, count).Except(selected[..(length - 1)]).Max(i => Determinant(kernel, [.. selected[..(length - 1)], i]));
                return ours >= best * (1 - Rounding) - 1e-5;
            });
        });

    [Fact]
    public void A_twin_of_the_best_waits() =>
        Assert.Equal([0, 2, 1], Select([1, 0.9f, 0], new FactorMatrix(3, 2, [1, 0, 1, 0, 0, 1]), 0.5, 3));

    [Fact]
    public void When_the_span_is_full_the_rest_follows_by_relevance() =>
        Assert.Equal([0, 1, 2, 3], Select([9, 8, 7, 6], new FactorMatrix(4, 2, [1, 0, 0, 1, 1, 0, 0, 1]), 0.5, 4));

    [Fact]
    public void Lambda_1_is_the_plain_ranking() =>
        Assert.Equal([2, 0, 3, 1], Select([3, 1, 4, 2], MaximalMarginalRelevanceTests.UnitRows(4, 2), 1, 4));

    [Fact]
    public void All_candidates_are_picked_once_when_more_are_asked_for() =>
        Gen.Select(Gen.Int[0, 15], Gen.Double[0, 1], Gen.ULong).Sample((count, lambda, seed) =>
            Select([.. Enumerable.Range(0, count).Select(i => (float)i)], MaximalMarginalRelevanceTests.UnitRows(count, seed), lambda, 20)
                .Order().SequenceEqual(Enumerable.Range(0, count)));

    [Fact]
    public void A_product_without_content_is_like_nothing() =>
        Assert.Equal([0, 2, 1], Select([1, 0.9f, 0.8f], new FactorMatrix(3, 2, [1, 0, 1, 0, 0, 0]), 0.5, 3));

    private static int[] Select(float[] relevance, FactorMatrix embeddings, double lambda, int k)
    {
        int[] selected = new int[k];
        int count = DeterminantalPointProcess.Select(
            Enumerable.Range(0, relevance.Length).ToArray(), relevance, embeddings, lambda, selected,
            new float[DeterminantalPointProcess.ScratchLength(relevance.Length, Math.Min(k, relevance.Length))]);
        return selected[..count];
    }

    private static Matrix<double> Kernel(float[] relevance, FactorMatrix embeddings, double lambda)
    {
        float[] scaled = new float[relevance.Length];
        MaximalMarginalRelevance.Scale(relevance, scaled);
        double[] quality = [.. scaled.Select(r => Math.Exp(lambda / (2 * (1 - lambda)) * r))];
        return Matrix<double>.Build.Dense(relevance.Length, relevance.Length, (i, j) =>
            quality[i] * quality[j] * (i == j ? 1 : TensorPrimitives.Dot(embeddings[i], embeddings[j])));
    }

    private static double Determinant(Matrix<double> kernel, int[] set) =>
        Matrix<double>.Build.Dense(set.Length, set.Length, (i, j) => kernel[set[i], set[j]]).Determinant();
}
