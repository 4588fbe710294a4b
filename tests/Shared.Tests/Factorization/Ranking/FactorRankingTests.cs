using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics.X86;
using Aisle.Factorization;
using Aisle.Factorization.Ranking;
using Aisle.Feedback;
using Aisle.Numerics;
using CsCheck;

namespace Aisle.Tests.Factorization.Ranking;

public sealed unsafe class FactorRankingTests
{
    /// <summary>Sums of at most 70 products of normal draws in float32, taken in two orders, differ by less.</summary>
    private const float RoundingTolerance = 1e-4f;

    /// <summary>The byte kernels that this processor has.</summary>
    public static TheoryData<string> ByteKernels { get; } =
        [.. new[] { ("plain", true), ("AVX2", Avx2.IsSupported), ("AVX-512", Avx512BW.IsSupported) }.Where(kernel => kernel.Item2).Select(kernel => kernel.Item1)];

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
        using PackedItems items = new(new ItemOrder(Whole(200, 20, seed: 2)));
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

    [Theory, MemberData(nameof(ByteKernels))]
    public void The_byte_kernels_find_what_exact_scoring_finds(string kernel) =>
        Gen.Select(Gen.Int[1, 110], Gen.Int[1, 700], Gen.Int[1, 150], Gen.Int[1, 30], Gen.ULong).Sample((users, items, width, k, seed) =>
        {
            FactorMatrix userFactors = Real(users, width, seed);
            FactorMatrix itemFactors = Real(items, width, seed + 1);
            InteractionMatrix seen = World.Random(users, items, 0.05, seed);
            ItemOrder order = new(itemFactors);
            using QuantizedItems quantized = new(order);
            using QuantizedBlockRanker ranker = new(quantized, k, Kernel(kernel));
            using PackedItems packed = new(order);
            using BlockRanker<Lanes256> exact = new(packed, k);
            Dictionary<int, ScoredIndex[]> ranked = [];
            for (int first = 0; first < users; first += QuantizedUsers.Block)
            {
                ranker.Rank(userFactors, seen, first, (user, best) => ranked[user] = best.ToArray());
            }

            for (int first = 0; first < users; first += PackedItems.Slab)
            {
                exact.Rank(userFactors, seen, first, (user, expected) => Alike(expected, ranked[user], userFactors[user], itemFactors));
            }
        }, iter: 30);

    [Theory, MemberData(nameof(ByteKernels))]
    public void A_byte_kernel_equals_its_plain_twin(string kernel) =>
        Gen.Select(Gen.Int[1, 9].Select(n => 4 * n), Gen.Int[1, 5], Gen.ULong).Sample((fours, tiles, seed) =>
        {
            SeededRandom random = new(seed);
            byte[] bytes = [.. Enumerable.Range(0, tiles * ByteScores.Items * 4 * fours).Select(_ => (byte)(88 + random.NextInt(81)))];
            using QuantizedUserRows rows = new(fours, random);
            int[] bars = [.. Enumerable.Range(0, ByteScores.Users).Select(_ => random.NextInt(40_000) + 10_000)];

            Assert.Equal(rows.Find(ByteScores.Plain, bytes, tiles, bars), rows.Find(Kernel(kernel), bytes, tiles, bars));
        }, iter: 60);

    [Fact]
    public void Equal_scores_go_to_the_lower_index_however_many_there_are()
    {
        FactorMatrix users = new(2, 3, [1, 2, 3, 0, 0, 0]);
        FactorMatrix items = new(3000, 3, [.. Enumerable.Range(0, 3000).SelectMany(_ => (float[])[1, 1, 1])]);
        ConcurrentDictionary<int, ScoredIndex[]> ranked = Rank(users, items, World.Random(2, 3000, 0, seed: 1), 20);

        Assert.Equal(Enumerable.Range(0, 20).Select(index => new ScoredIndex(index, 6)), ranked[0]);
        Assert.Equal(Enumerable.Range(0, 20).Select(index => new ScoredIndex(index, 0)), ranked[1]);
    }

    [Fact]
    public void Factors_of_very_different_magnitude_are_ranked_exactly()
    {
        FactorMatrix users = Real(60, 64, seed: 3), items = Real(900, 64, seed: 4);
        for (int row = 0; row < 900; row++)
        {
            items.Row(row)[row % 3] *= 1e4f;
            users.Row(row % 60)[5] = row % 2 == 0 ? 1e-20f : 1e3f;
        }

        ItemOrder order = new(items);
        using PackedItems packed = new(order);
        using BlockRanker<Lanes256> exact = new(packed, 10);
        ConcurrentDictionary<int, ScoredIndex[]> ranked = Rank(users, items, World.Random(60, 900, 0.1, seed: 1), 10);

        exact.Rank(users, World.Random(60, 900, 0.1, seed: 1), 0, (user, expected) =>
        {
            for (int rank = 0; rank < 10; rank++)
            {
                Assert.Equal(1, ranked[user][rank].Score / expected[rank].Score, 1e-4f);
            }
        });
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

    private static ByteScores.Kernel Kernel(string name) => name switch
    {
        "AVX-512" => ByteScores.Find512,
        "AVX2" => ByteScores.Find256,
        _ => ByteScores.Plain,
    };

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
