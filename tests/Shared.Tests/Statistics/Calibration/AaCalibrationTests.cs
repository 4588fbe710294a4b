using Aisle.Events;
using Aisle.Experiments;
using Aisle.Numerics;
using Aisle.Statistics;
using Aisle.Statistics.Calibration;

namespace Aisle.Tests.Statistics.Calibration;

public sealed class AaCalibrationTests
{
    private const int Users = 800;
    private static readonly AaOptions Options = new() { Splits = 600 };
    private static readonly SaltedSplit Visitors = new(Enumerable.Range(0, Users).Select(user => new AssignmentId($"visitor-{user}")));

    [Fact]
    public void Sound_tests_keep_their_error_on_rehashed_users()
    {
        SeededRandom random = new(4);
        double[] spent = [.. Enumerable.Range(0, Users).Select(_ => random.NextDouble() < 0.3 ? -20 * Math.Log(1 - random.NextDouble()) : 0)];
        double[] sessions = [.. Enumerable.Range(0, Users).Select(_ => 1.0 + random.NextInt(6))];
        double[] clicks = [.. sessions.Select(count => Math.Round(count * random.NextDouble()))];

        IReadOnlyList<AaCalibration> got = AaCalibration.Of(
            [UserMetric.OfMean("revenue", spent), UserMetric.OfShare("buyers", [.. spent.Select(value => value > 0)]), UserMetric.OfRatio("clicks", clicks, sessions)],
            Split, Options);

        Assert.All(got, metric =>
        {
            Assert.Equal(ComparisonStatus.Ok, metric.Status);
            Assert.True(metric.KeepsItsError, $"{metric.Metric} rejects in {metric.FalsePositives.Rate:P1}.");
            Assert.Equal(Options.Splits, metric.Histogram.Sum() + metric.WithoutAnswer);
        });
        Assert.True(got[0].IsUniform && got[2].IsUniform);
    }

    [Fact]
    public void A_test_that_takes_sessions_for_users_is_caught()
    {
        // Each user's sessions are all alike, and every one is passed as if it were a user who can land in any
        // arm: the splitter keeps them together.
        SeededRandom random = new(9);
        double[] tastes = [.. Enumerable.Range(0, Users / 8).Select(_ => random.NextDouble())];
        UserMetric sessions = UserMetric.OfMean("sessions", [.. Enumerable.Range(0, Users).Select(session => tastes[session / 8])]);

        AaCalibration got = AaCalibration.Of([sessions], (salt, isTreatment) =>
        {
            for (int session = 0; session < isTreatment.Length; session++)
            {
                isTreatment[session] = (FarmFingerprint.Of($"{salt}:{session / 8}") & 1) == 0;
            }
        }, Options)[0];

        Assert.False(got.KeepsItsError);
        Assert.False(got.IsUniform);
        Assert.True(got.FalsePositives.Rate > 0.2);
    }

    [Fact]
    public void Values_near_a_hundred_million_are_judged_as_the_same_values_near_zero()
    {
        SeededRandom random = new(5);
        double[] values = [.. Enumerable.Range(0, Users).Select(_ => (double)random.NextInt(100))];

        IReadOnlyList<AaCalibration> got = AaCalibration.Of(
            [UserMetric.OfMean("near", values), UserMetric.OfMean("far", [.. values.Select(value => value + 1e8)])], Split, Options with { Splits = 50 });

        Assert.Equal(got[0].Histogram, got[1].Histogram);
    }

    [Fact]
    public void What_never_varies_has_no_answer()
    {
        AaCalibration got = AaCalibration.Of([UserMetric.OfMean("constant", [.. Enumerable.Repeat(0.1, Users)])], Split, Options with { Splits = 5 })[0];

        Assert.Equal(ComparisonStatus.ZeroVariance, got.Status);
        Assert.Equal(5, got.WithoutAnswer);
        Assert.Null(got.UniformityPValue);
        Assert.Null(got.FalsePositives.Rate);
    }

    [Fact]
    public void Threads_do_not_change_the_result()
    {
        UserMetric metric = UserMetric.OfMean("number", [.. Enumerable.Range(0, Users).Select(user => Math.Sqrt(user))]);

        AaCalibration one = AaCalibration.Of([metric], Split, Options with { DegreeOfParallelism = 1, Splits = 40 })[0];
        AaCalibration many = AaCalibration.Of([metric], Split, Options with { Splits = 40 })[0];

        Assert.Equal(one.Histogram, many.Histogram);
        Assert.Equal(one.UniformityPValue, many.UniformityPValue);
    }

    [Fact]
    public void Metrics_of_different_users_are_refused() => Assert.Throws<ArgumentException>(() =>
        AaCalibration.Of([UserMetric.OfMean("a", [1, 2]), UserMetric.OfMean("b", [1])], Split, Options));

    private static void Split(int salt, Span<bool> isTreatment) => Visitors.Split($"aa-{salt}", isTreatment);
}
