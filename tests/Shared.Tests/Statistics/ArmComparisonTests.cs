using Aisle.Statistics;
using CsCheck;

namespace Aisle.Tests.Statistics;

public sealed class ArmComparisonTests
{
    private static readonly Gen<ArmMean> Arms =
        from count in Gen.Int[2, 10_000]
        from mean in Gen.Double[-50, 50]
        from variance in Gen.Double[0.01, 900]
        select ArmMean.FromMoments(count, mean, variance);

    [Fact]
    public void The_p_value_is_below_alpha_exactly_when_both_intervals_exclude_zero() =>
        Gen.Select(Arms, Arms, Gen.Double[0.001, 0.4]).Sample((control, treatment, alpha) =>
        {
            ArmComparison got = ArmComparison.OfMeans(control, treatment, alpha);
            bool rejects = got.PValue < alpha;
            return Math.Abs(got.PValue!.Value - alpha) < 1e-9
                || (rejects == (got.Low > 0 || got.High < 0) && (got.LiftLow is not { } low || rejects == (low > 0 || got.LiftHigh < 0)));
        });

    [Fact]
    public void Swapping_the_arms_turns_the_difference_round() => Gen.Select(Arms, Arms).Sample((one, other) =>
    {
        ArmComparison there = ArmComparison.OfMeans(one, other, 0.05);
        ArmComparison back = ArmComparison.OfMeans(other, one, 0.05);
        return there.Difference == -back.Difference && there.PValue == back.PValue && there.Low == -back.High;
    });

    [Fact]
    public void The_two_one_sided_tests_share_the_certainty_between_them() => Gen.Select(Arms, Arms).Sample((control, treatment) =>
    {
        double greater = ArmComparison.OfMeans(control, treatment, 0.05, Alternative.Greater).PValue!.Value;
        double less = ArmComparison.OfMeans(control, treatment, 0.05, Alternative.Less).PValue!.Value;
        return Math.Abs(greater + less - 1) < 1e-12;
    });

    [Fact]
    public void Sums_of_whole_numbers_give_the_same_as_the_values()
    {
        double[] values = [0, 0, 1999, 4599, 0, -1999];

        ArmMean exact = ArmMean.FromExactSums(6, 4599, (2 * 1999 * 1999) + (4599 * 4599));
        ArmMean direct = ArmMean.FromValues(values);

        Assert.Equal(direct.Mean!.Value, exact.Mean!.Value, 1e-12);
        Assert.Equal(direct.Variance!.Value, exact.Variance!.Value, 1e-6);
    }

    [Fact]
    public void Equal_values_that_do_not_add_up_exactly_have_no_variance()
    {
        ArmMean arm = ArmMean.FromValues([0.1, 0.1, 0.1]);

        Assert.Equal(ComparisonStatus.ZeroVariance, ArmComparison.OfMeans(arm, arm, 0.05).Status);
    }
}
