using System.Numerics.Tensors;
using Aisle.Factorization;
using Aisle.Factorization.Scoring;
using Aisle.Numerics;
using Aisle.Reranking;
using CsCheck;

namespace Aisle.Tests.Reranking;

public sealed class MaximalMarginalRelevanceTests
{
    /// <summary>Scores of size 10 that lie closer than this may become one number when they are scaled to 0..1.</summary>
    private const float Rounding = 1e-5f;

    private static readonly Gen<(float[] Relevance, FactorMatrix Embeddings)> AnyCandidates =
        from count in Gen.Int[0, 15]
        from relevance in Gen.Float[-3, 9].Array[count]
        from seed in Gen.ULong
        select (relevance, UnitRows(count, seed));

    [Fact]
    public void The_incremental_form_picks_what_the_definition_picks() =>
        Gen.Select(AnyCandidates, Gen.Int[0, 20], Gen.Double[0, 1]).Sample((candidates, k, lambda) =>
            Select(candidates.Relevance, candidates.Embeddings, lambda, k).SequenceEqual(Naive(candidates.Relevance, candidates.Embeddings, lambda, k)));

    [Fact]
    public void Lambda_1_is_the_plain_ranking() =>
        AnyCandidates.Sample(candidates =>
        {
            int[] selected = Select(candidates.Relevance, candidates.Embeddings, 1, candidates.Relevance.Length);
            return selected.Zip(selected.Skip(1)).All(pair => candidates.Relevance[pair.First] >= candidates.Relevance[pair.Second] - Rounding);
        });

    [Fact]
    public void Lambda_0_looks_at_diversity_alone_after_the_first_pick()
    {
        FactorMatrix embeddings = new(3, 2, [1, 0, 0.8f, 0.6f, 0, 1]);

        Assert.Equal([0, 2, 1], Select([1, 5, 2], embeddings, 0, 3));
    }

    [Fact]
    public void A_twin_of_the_best_waits_by_hand()
    {
        // Relevance 0..1 is already scaled. After 0, candidate 1 (its twin) has 0.7·0.9 − 0.3·1 = 0.33 and
        // candidate 2 has 0.7·0.5 − 0 = 0.35.
        FactorMatrix embeddings = new(4, 2, [1, 0, 1, 0, 0, 1, 0, 0]);

        Assert.Equal([0, 2, 1, 3], Select([1, 0.9f, 0.5f, 0], embeddings, 0.7, 4));
    }

    [Fact]
    public void More_picks_than_candidates_give_all_of_them_once() =>
        Assert.Equal([0, 1, 2], Select([3, 2, 1], UnitRows(3, 1), 0.7, 50).Order());

    [Fact]
    public void No_candidates_give_no_picks() => Assert.Empty(Select([], UnitRows(0, 1), 0.7, 10));

    [Fact]
    public void The_scale_of_the_scores_does_not_matter() =>
        Gen.Select(AnyCandidates, Gen.Float[0.5f, 4]).Sample((candidates, scale) =>
        {
            // Powers of two keep floating-point scaling exact.
            float exact = MathF.Pow(2, MathF.Floor(scale));
            return Select(candidates.Relevance, candidates.Embeddings, 0.7, 9)
                .SequenceEqual(Select([.. candidates.Relevance.Select(r => r * exact)], candidates.Embeddings, 0.7, 9));
        });

    [Fact]
    public void The_loop_allocates_nothing()
    {
        FactorMatrix embeddings = UnitRows(100, 3);
        int[] items = [.. Enumerable.Range(0, 100)];
        float[] relevance = [.. items.Select(i => 1f / (i + 1))];
        int[] selected = new int[10];
        float[] scratch = new float[200];
        MaximalMarginalRelevance.Select(items, relevance, embeddings, 0.7, selected, scratch);

        long before = GC.GetAllocatedBytesForCurrentThread();
        MaximalMarginalRelevance.Select(items, relevance, embeddings, 0.7, selected, scratch);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void By_rounded_embeddings_it_picks_what_the_definition_picks_by_the_same_cosines() =>
        Gen.Select(AnyCandidates, Gen.Int[0, 20], Gen.Double[0, 1]).Sample((candidates, k, lambda) =>
        {
            QuantizedRows rounded = new(candidates.Embeddings);
            int[] selected = new int[k];
            int count = MaximalMarginalRelevance.Select(
                Enumerable.Range(0, candidates.Relevance.Length).ToArray(), candidates.Relevance, rounded, lambda, selected, new float[2 * candidates.Relevance.Length]);
            Assert.Equal(Naive(candidates.Relevance, rounded.Dot, lambda, k), selected[..count]);
        });

    [Fact]
    public void Rounded_embeddings_allocate_nothing_either()
    {
        QuantizedRows rounded = new(UnitRows(100, 3));
        int[] items = [.. Enumerable.Range(0, 100)];
        float[] relevance = [.. items.Select(i => 1f / (i + 1))];
        int[] selected = new int[10];
        float[] scratch = new float[200];
        MaximalMarginalRelevance.Select(items, relevance, rounded, 0.7, selected, scratch);

        long before = GC.GetAllocatedBytesForCurrentThread();
        MaximalMarginalRelevance.Select(items, relevance, rounded, 0.7, selected, scratch);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_lambda_that_means_nothing_is_refused(double lambda) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Select([1], UnitRows(1, 1), lambda, 1));

    internal static FactorMatrix UnitRows(int count, ulong seed)
    {
        SeededRandom random = new(seed);
        float[] values = new float[count * 4];
        for (int row = 0; row < count; row++)
        {
            Span<float> span = values.AsSpan(row * 4, 4);
            for (int index = 0; index < 4; index++)
            {
                span[index] = (float)random.NextNormal();
            }

            TensorPrimitives.Divide(span, TensorPrimitives.Norm<float>(span), span);
        }

        return new FactorMatrix(count, 4, values);
    }

    private static int[] Select(float[] relevance, FactorMatrix embeddings, double lambda, int k)
    {
        int[] selected = new int[k];
        int count = MaximalMarginalRelevance.Select(
            Enumerable.Range(0, relevance.Length).ToArray(), relevance, embeddings, lambda, selected, new float[2 * relevance.Length]);
        return selected[..count];
    }

    /// <summary>The definition, word for word: similarities are taken anew for each pick.</summary>
    private static int[] Naive(float[] relevance, FactorMatrix embeddings, double lambda, int k) =>
        Naive(relevance, (first, second) => TensorPrimitives.Dot(embeddings[first], embeddings[second]), lambda, k);

    private static int[] Naive(float[] relevance, Func<int, int, float> cosine, double lambda, int k)
    {
        float[] scaled = new float[relevance.Length];
        MaximalMarginalRelevance.Scale(relevance, scaled);
        List<int> picked = [];
        while (picked.Count < Math.Min(k, relevance.Length))
        {
            int best = -1;
            float most = float.NegativeInfinity;
            for (int i = 0; i < relevance.Length; i++)
            {
                float redundancy = picked.Count == 0 ? 0 : picked.Max(s => cosine(s, i));
                float value = ((float)lambda * scaled[i]) - ((float)(1 - lambda) * redundancy);
                if (!picked.Contains(i) && value > most)
                {
                    (best, most) = (i, value);
                }
            }

            picked.Add(best);
        }

        return [.. picked];
    }
}
