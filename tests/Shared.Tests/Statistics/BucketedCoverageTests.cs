using Aisle.Numerics;
using Aisle.Statistics;
using Aisle.Statistics.Coverage;

namespace Aisle.Tests.Statistics;

public sealed class BucketedCoverageTests
{
    [Fact]
    public void Buckets_are_compared_at_the_impressions_of_the_smallest_by_hand()
    {
        // One impression is drawn of each: one product of ten, whatever the bucket showed.
        IReadOnlyList<ArmMean> arms = BucketedCoverage.Of([[[3L, 2L], [1L]], [[5L], [1L, 1L, 1L]]], 10);

        Assert.All(arms, arm => Assert.Equal((2L, 0.1), (arm.Count, Math.Round(arm.Mean!.Value, 12))));

        // Two impressions of two products shown once each are both; of three and one, the second is drawn with chance 1/2.
        arms = BucketedCoverage.Of([[[1L, 1L], [3L, 1L]]], 4);
        Assert.Equal((2 + 1.5) / 2 / 4, arms[0].Mean!.Value, 1e-12);
    }

    [Fact]
    public void A_bucket_that_was_shown_nothing_leaves_no_answer() =>
        Assert.All(BucketedCoverage.Of([[[3L], []], [[3L], [2L]]], 5), arm => Assert.Null(arm.Mean));

    [Fact]
    public void Where_both_arms_show_alike_the_test_of_buckets_keeps_its_error()
    {
        const int Experiments = 2_000;
        SeededRandom random = new(11);
        int found = 0;
        for (int experiment = 0; experiment < Experiments; experiment++)
        {
            IReadOnlyList<ArmMean> arms = BucketedCoverage.Of([Arm(random), Arm(random)], 60);
            found += ArmComparison.OfMeans(arms[0], arms[1], 0.05).PValue < 0.05 ? 1 : 0;
        }

        // Five in a hundred, give or take three binomial standard errors.
        Assert.InRange((double)found / Experiments, 0.05 - (3 * 0.0049), 0.05 + (3 * 0.0049));
    }

    // 20 buckets of 30 visitors, each of whom is shown ten neighbouring products out of 60: what one visitor sees hangs together.
    private static long[][] Arm(SeededRandom random) =>
    [
        .. Enumerable.Range(0, 20).Select(_ =>
        {
            long[] counts = new long[60];
            for (int visitor = 0; visitor < 30; visitor++)
            {
                int first = (int)(60 * random.NextDouble() * random.NextDouble());
                for (int place = 0; place < 1 + random.NextInt(10); place++)
                {
                    counts[(first + place) % 60]++;
                }
            }

            return counts;
        }),
    ];
}
