using Aisle.Numerics;
using Aisle.Statistics;
using Aisle.Statistics.Adjustment;
using Aisle.Statistics.Lift;
using Aisle.Statistics.Planning;
using Aisle.Statistics.SampleRatio;
using Aisle.Statistics.Sequential;
using CsCheck;

namespace Aisle.Tests.Statistics;

/// <summary>Laws that hold whatever the data: p and interval never contradict each other, units and the names of the arms do not matter,
/// more of what helps never hurts.</summary>
public sealed class StatisticalLawsTests
{
    // A p-value this near to α may fall on either side by rounding.
    private const double Hair = 1e-9;

    private static readonly Gen<double> Alphas = Gen.Double[0.001, 0.4];

    private static readonly Gen<ArmMean> Means =
        from count in Gen.Int[2, 10_000]
        from mean in Gen.Double[-50, 50]
        from variance in Gen.Double[0.01, 900]
        select ArmMean.FromMoments(count, mean, variance);

    private static readonly Gen<(double Users, double Conversions)> Shares =
        from users in Gen.Int[1, 5000]
        from conversions in Gen.Int[0, users]
        select ((double)users, (double)conversions);

    private static readonly Gen<(double M, double D, double X)[]> Users =
        (from m in Gen.Double[-5, 20] from d in Gen.Double[0.5, 9] from x in Gen.Double[-4, 4] select (m, d, x)).Array[3, 40];

    [Fact]
    public void A_share_swapped_turns_its_difference_and_newcombes_interval_round() => Gen.Select(Shares, Shares, Alphas).Sample((one, other, alpha) =>
    {
        ProportionComparison there = ProportionComparison.Of(one.Users, one.Conversions, other.Users, other.Conversions, alpha);
        ProportionComparison back = ProportionComparison.Of(other.Users, other.Conversions, one.Users, one.Conversions, alpha);
        return there.Difference == -back.Difference && Near(there.PooledPValue, back.PooledPValue) && Near(there.Newcombe!.Value.Low, -back.Newcombe!.Value.High);
    });

    [Fact]
    public void Newcombes_interval_holds_the_difference_and_stays_within_one() => Gen.Select(Shares, Shares, Alphas).Sample((one, other, alpha) =>
    {
        ProportionComparison got = ProportionComparison.Of(one.Users, one.Conversions, other.Users, other.Conversions, alpha);
        (double low, double high) = got.Newcombe!.Value;
        return low >= -1 - Hair && high <= 1 + Hair && low <= got.Difference + Hair && got.Difference - Hair <= high;
    });

    [Fact]
    public void The_unit_of_the_numerator_does_not_move_the_p_of_a_ratio() => Gen.Select(Users, Users, Gen.Double[0.01, 1000]).Sample((control, treatment, unit) =>
    {
        ArmComparison cents = ArmComparison.OfRatios(Ratio(control, unit), Ratio(treatment, unit), 0.05);
        ArmComparison euros = ArmComparison.OfRatios(Ratio(control, 1), Ratio(treatment, 1), 0.05);
        return Near(cents.PValue, euros.PValue) && Near(cents.StandardError / unit, euros.StandardError);
    });

    [Fact]
    public void A_smaller_error_never_narrows_the_interval() => Gen.Select(Means, Means, Alphas, Alphas).Sample((control, treatment, one, other) =>
    {
        ArmComparison strict = ArmComparison.OfMeans(control, treatment, Math.Min(one, other));
        ArmComparison loose = ArmComparison.OfMeans(control, treatment, Math.Max(one, other));
        return strict.Low <= loose.Low && strict.High >= loose.High;
    });

    [Fact]
    public void A_covariate_that_never_varies_changes_nothing() => Gen.Select(Users, Users).Sample((control, treatment) =>
    {
        CupedComparison adjusted = CupedComparison.OfMeans(Covariate(control, 0, 3), Covariate(treatment, 0, 3), 0.05);
        ArmComparison plain = ArmComparison.OfMeans(Mean(control), Mean(treatment), 0.05);
        return adjusted.Theta == 0 && Near(adjusted.PValue, plain.PValue) && Near(adjusted.Low, plain.Low);
    });

    [Fact]
    public void Where_the_covariate_starts_does_not_matter() => Gen.Select(Users, Users, Gen.Double[-100, 100]).Sample((control, treatment, start) =>
    {
        CupedComparison here = CupedComparison.OfMeans(Covariate(control, 1, 0), Covariate(treatment, 1, 0), 0.05);
        CupedComparison there = CupedComparison.OfMeans(Covariate(control, 1, start), Covariate(treatment, 1, start), 0.05);

        // Sums of squares around a far start lose digits.
        return Math.Abs(here.Difference!.Value - there.Difference!.Value) < 1e-6 && Math.Abs(here.PValue!.Value - there.PValue!.Value) < 1e-6;
    });

    [Fact]
    public void Cuped_rejects_exactly_when_its_interval_excludes_zero() => Gen.Select(Users, Users, Alphas).Sample((control, treatment, alpha) =>
    {
        CupedComparison got = CupedComparison.OfMeans(Covariate(control, 1, 0), Covariate(treatment, 1, 0), alpha);
        return Math.Abs(got.PValue!.Value - alpha) < Hair || (got.PValue < alpha) == (got.Low > 0 || got.High < 0);
    });

    [Fact]
    public void A_guardrail_is_unharmed_by_p_exactly_when_its_bound_is_within_the_margin() =>
        Gen.Select(Means, Means, Gen.Double[0.01, 20], Gen.Bool, Alphas).Sample((control, treatment, margin, isHigherBetter, alpha) =>
        {
            NonInferiority got = NonInferiority.Of(control, treatment, margin, false, isHigherBetter, alpha);
            bool isWithin = isHigherBetter ? got.Bound > -margin : got.Bound < margin;
            return Math.Abs(got.PValue!.Value - alpha) < Hair || ((got.PValue < alpha) == isWithin && got.IsNonInferior == isWithin);
        });

    [Fact]
    public void A_wider_margin_never_makes_a_guardrail_fail() => Gen.Select(Means, Means, Gen.Double[0, 20], Gen.Double[0, 20]).Sample((control, treatment, one, other) =>
        NonInferiority.Of(control, treatment, Math.Max(one, other), false, true, 0.05).PValue
            <= NonInferiority.Of(control, treatment, Math.Min(one, other), false, true, 0.05).PValue);

    [Fact]
    public void A_confidence_sequence_rejects_exactly_when_it_excludes_zero_and_is_wider_than_one_look() =>
        Gen.Select(Gen.Double[-5, 5], Gen.Double[0.1, 3], Gen.Int[10, 100_000], Alphas).Sample((estimate, error, users, alpha) =>
        {
            ConfidenceSequence got = ConfidenceSequence.At(estimate, error, users, alpha, 20_000, isTwoSided: true);
            return got.WidthRatio > 1 && (Math.Abs(got.PValue!.Value - alpha) < Hair || (got.PValue < alpha) == (got.Low > 0 || got.High < 0));
        });

    [Fact]
    public void A_mixture_test_rejects_at_a_look_exactly_when_that_looks_interval_excludes_zero() =>
        Gen.Select(Gen.Double[-5, 5], Gen.Double[0.01, 9], Gen.Double[0.01, 4], Alphas).Sample((estimate, variance, tau2, alpha) =>
        {
            MixtureSequentialTest got = MixtureSequentialTest.Of([estimate], [variance], tau2, alpha);
            (double low, double high) = got.Intervals[0];
            return Math.Abs(got.PValues[0] - alpha) < Hair || (got.PValues[0] < alpha) == (low > 0 || high < 0);
        });

    [Fact]
    public void A_mixture_tests_p_never_rises() => (from estimate in Gen.Double[-3, 3] from variance in Gen.Double[0.01, 5] select (estimate, variance)).Array[1, 12]
        .Sample(looks =>
        {
            IReadOnlyList<double> p = MixtureSequentialTest.Of([.. looks.Select(look => look.estimate)], [.. looks.Select(look => look.variance)], 1, 0.05).PValues;
            return p.Zip(p.Skip(1)).All(pair => pair.Second <= pair.First);
        });

    [Fact]
    public void Boundaries_spend_the_whole_error_and_grow_when_it_shrinks() => Gen.Select(Gen.Double[0.01, 0.2], Gen.Int[1, 6]).Sample((alpha, looks) =>
    {
        double[] fractions = [.. Enumerable.Range(1, looks).Select(look => (double)look / looks)];
        GroupSequentialDesign loose = GroupSequentialDesign.Of(fractions, alpha, SpendingFunction.OBrienFleming, isTwoSided: true);
        GroupSequentialDesign strict = GroupSequentialDesign.Of(fractions, alpha / 2, SpendingFunction.OBrienFleming, isTwoSided: true);
        return Near(loose.Spent[^1], alpha) && loose.Bounds.Zip(strict.Bounds).All(pair => pair.Second > pair.First || double.IsInfinity(pair.First))
            && loose.NominalPValues.All(p => p <= alpha * (1 + 1e-9));
    }, iter: 30);

    [Fact]
    public void Harder_questions_need_more_users() => Gen.Select(Gen.Double[0.01, 0.5], Gen.Double[0.01, 0.5], Gen.Double[0.5, 0.95], Gen.Double[0.5, 0.95]).Sample((lift, other, power, another) =>
    {
        SampleSizePlan plan = new(Math.Max(lift, other), 0.05, Math.Min(power, another), 1, true, null, 2);
        SampleSizePlan harder = plan with { Lift = Math.Min(lift, other), Power = Math.Max(power, another) };
        SampleSize easy = SampleSize.OfMean(10, 30, plan);
        return SampleSize.OfMean(10, 30, harder).Control >= easy.Control && easy.Power >= plan.Power - 1e-9;
    });

    [Fact]
    public void A_flat_prior_gives_the_one_sided_p_as_the_chance_to_lose() => Gen.Select(Gen.Double[-4, 4], Gen.Double[0.1, 3]).Sample((estimate, error) =>
    {
        BayesianLift got = BayesianLift.Of(estimate, error, null, isLowerBetter: false, 0.05);
        return Near(1 - got.ChanceToWin, Normal.UpperTail(estimate / error)) && got.LossOfControl >= 0 && got.LossOfTreatment >= 0
            && Near(got.LossOfControl - got.LossOfTreatment, estimate);
    });

    [Fact]
    public void Shares_of_half_a_user_are_refused()
    {
        Assert.Equal(ComparisonStatus.InvalidInput, SampleRatioCheck.Of([10.5, 10], [1, 1], SampleRatioCheck.DefaultThreshold).Status);
        Assert.Equal(ComparisonStatus.InvalidInput, SequentialSampleRatio.Of([[10.5, 10]], [1, 1], 100).Status);
    }

    private static bool Near(double? got, double? expected) =>
        got is { } left && expected is { } right ? Math.Abs(left - right) <= 1e-9 * Math.Max(1, Math.Abs(right)) : got is null && expected is null;

    private static ArmMean Mean((double M, double D, double X)[] users) => ArmMean.FromSums(users.Length, users.Sum(user => user.M), users.Sum(user => user.M * user.M));

    private static ArmRatio Ratio((double M, double D, double X)[] users, double unit) => new(
        users.Length, users.Sum(user => unit * user.M), users.Sum(user => user.D), users.Sum(user => unit * user.M * unit * user.M), users.Sum(user => user.D * user.D),
        users.Sum(user => unit * user.M * user.D));

    private static ArmCovariate Covariate((double M, double D, double X)[] users, double scale, double start)
    {
        double[] x = [.. users.Select(user => start + (scale * (user.X + user.M)))];
        return new ArmCovariate(
            users.Length, users.Sum(user => user.M), users.Sum(user => user.M * user.M), x.Sum(), x.Sum(value => value * value), users.Zip(x, (user, value) => user.M * value).Sum());
    }
}
