using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Aisle.Factorization;
using Aisle.Feedback;
using Aisle.Numerics;
using CsCheck;

namespace Aisle.Tests.Factorization;

public sealed class FactorRankingTests
{
    /// <summary>Sums of at most 70 products of normal draws in float32, taken in two orders, differ by less.</summary>
    private const float RoundingTolerance = 1e-4f;

    [Fact]
    public void It_equals_the_plain_ranking() =>
        Gen.Select(Gen.Int[1, 80], Gen.Int[1, 150], Gen.Int[1, 40], Gen.Int[1, 30], Gen.ULong).Sample((users, items, width, k, seed) =>
        {
            // Whole numbers make sums exact in any order, and ties frequent.
            FactorMatrix userFactors = Whole(users, width, seed);
            FactorMatrix itemFactors = Whole(items, width, seed + 1);
            InteractionMatrix seen = World.Random(users, items, 0.2, seed);

            ConcurrentDictionary<int, ScoredIndex[]> ranked = Rank(userFactors, itemFactors, seen, k);

            for (int user = 0; user < users; user++)
            {
                float[] scores = new float[items];
                for (int item = 0; item < items; item++)
                {
                    scores[item] = TensorPrimitives.Dot(userFactors[user], itemFactors[item]);
                }

                Assert.Equal(TopK.Of(scores, k, seen.ItemsOf(user)), ranked[user]);
            }
        }, iter: 60);

    [Fact]
    public void Every_width_of_kernel_ranks_alike()
    {
        FactorMatrix users = Whole(70, 20, seed: 1);
        using PackedItems items = new(Whole(200, 20, seed: 2));
        List<string> rankings = [];
        foreach (IBlockRanker ranker in (IBlockRanker[])[new BlockRanker<Lanes512>(items, 9), new BlockRanker<Lanes256>(items, 9), new BlockRanker<Lanes128>(items, 9)])
        {
            List<string> lines = [];
            ranker.Rank(users, excluded: null, firstUser: 64, (user, ranked) => lines.Add($"{user}: {string.Join(' ', ranked.ToArray())}"));
            ranker.Dispose();
            rankings.Add(string.Join('\n', lines));
        }

        Assert.Single(rankings.Distinct());
        Assert.Equal(6, rankings[0].Split('\n').Length);
    }

    [Fact]
    public void The_byte_kernel_finds_what_exact_scoring_finds()
    {
        if (!QuantizedBlockRanker.IsSupported)
        {
            Assert.Skip("This processor has no AVX-VNNI; run on one that has it to compare the kernel.");
        }

        Gen.Select(Gen.Int[1, 90], Gen.Int[1, 200], Gen.Int[1, 70], Gen.Int[1, 30], Gen.ULong).Sample((users, items, width, k, seed) =>
        {
            FactorMatrix userFactors = Real(users, width, seed);
            FactorMatrix itemFactors = Real(items, width, seed + 1);
            ConcurrentDictionary<int, ScoredIndex[]> ranked = Rank(userFactors, itemFactors, World.Random(users, items, 0.2, seed), k);
            using PackedItems packed = new(itemFactors);
            using BlockRanker<Lanes256> exact = new(packed, k);
            for (int first = 0; first < users; first += PackedItems.Slab)
            {
                exact.Rank(userFactors, World.Random(users, items, 0.2, seed), first, (user, expected) => Alike(expected, ranked[user], userFactors[user], itemFactors));
            }
        }, iter: 60);
    }

    [Fact]
    public void Selection_puts_the_smallest_first() =>
        Gen.Select(Gen.ULong[0, 50].Array[1, 60], Gen.Int[1, 60]).Where((values, k) => k <= values.Length).Sample((values, k) =>
        {
            ulong[] selected = [.. values];
            Selection.Smallest(selected, k);

            Assert.Equal(values.Order().Take(k), selected.Take(k).Order());
            Assert.Equal(selected.Take(k).Max(), selected[k - 1]);
        });

    [Fact]
    public void Factors_of_another_width_are_refused()
    {
        using FactorRanking ranking = new(new FactorMatrix(3, 4));

        Assert.Throws<ArgumentException>(() => ranking.RankAll(new FactorMatrix(2, 5), null, 1, 1, (_, _) => { }, TestContext.Current.CancellationToken));
    }

    private static ConcurrentDictionary<int, ScoredIndex[]> Rank(FactorMatrix users, FactorMatrix items, InteractionMatrix seen, int k)
    {
        ConcurrentDictionary<int, ScoredIndex[]> result = [];
        using FactorRanking ranking = new(items);
        ranking.RankAll(users, seen, k, 2, (user, ranked) => result[user] = ranked.ToArray(), TestContext.Current.CancellationToken);
        return result;
    }

    /// <summary>The same scores rank by rank, each that of its item: only items within rounding of each other may change places.</summary>
    private static void Alike(ReadOnlySpan<ScoredIndex> expected, ScoredIndex[] actual, ReadOnlySpan<float> user, FactorMatrix items)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int rank = 0; rank < actual.Length; rank++)
        {
            Assert.Equal(expected[rank].Score, actual[rank].Score, RoundingTolerance);
            Assert.Equal(TensorPrimitives.Dot(user, items[actual[rank].Index]), actual[rank].Score, RoundingTolerance);
        }

        Assert.Equal(actual.Length, actual.Select(scored => scored.Index).Distinct().Count());
    }

    private static FactorMatrix Real(int count, int width, ulong seed)
    {
        SeededRandom random = new(seed);
        return new FactorMatrix(count, width, [.. Enumerable.Range(0, count * width).Select(_ => (float)random.NextNormal())]);
    }

    private static FactorMatrix Whole(int count, int width, ulong seed)
    {
        SeededRandom random = new(seed);
        return new FactorMatrix(count, width, [.. Enumerable.Range(0, count * width).Select(_ => (float)(random.NextInt(7) - 3))]);
    }
}
