using Aisle.Numerics;
using Aisle.Statistics;
using Aisle.Statistics.Adjustment;
using Aisle.Statistics.Lift;
using Aisle.Statistics.SampleRatio;
using Aisle.Statistics.Sequential;
using CsCheck;
using MathNet.Numerics.RootFinding;

namespace Aisle.Tests.Statistics;

/// <summary>The statistics of a report against another way to the same number: another library's distributions, roots of the defining
/// equation, plain counting, simulation.</summary>
public sealed class IndependentCheckTests
{
    private const double Tolerance = 1e-7;

    private static readonly Gen<double[]> Values = Gen.Double[-20, 60].Array[3, 60];

    private static readonly Gen<(double M, double D)[]> Users = (from d in Gen.Int[1, 9] from m in Gen.Double[-3, 12] select (m, (double)d)).Array[3, 60];

    [Fact]
    public void Welch_is_what_the_textbook_says_of_the_single_values() => Gen.Select(Values, Values, Gen.Double[0.005, 0.3]).Sample((control, treatment, alpha) =>
    {
        ArmComparison got = ArmComparison.OfMeans(OfValues(control), OfValues(treatment), alpha);
        (double a, double b) = (SquaredError(control), SquaredError(treatment));
        double degrees = Math.Pow(a + b, 2) / ((a * a / (control.Length - 1)) + (b * b / (treatment.Length - 1)));
        double error = Math.Sqrt(a + b);
        double difference = treatment.Average() - control.Average();
        double half = error * MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, degrees, 1 - (alpha / 2));
        Near(2 * MathNet.Numerics.Distributions.StudentT.CDF(0, 1, degrees, -Math.Abs(difference / error)), got.PValue);
        Near(difference - half, got.Low);
        Near(difference + half, got.High);
    });

    // Newcombe (1998), method 10, from Wilson's limits as roots of (p − θ)² = z²·θ(1 − θ) ÷ n.
    [Fact]
    public void Newcombes_interval_comes_from_the_roots_of_wilsons_equation() => Gen.Select(Gen.Int[5, 900], Gen.Int[5, 900], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((n, m, one, other) =>
    {
        (double x, double y) = (1 + Math.Round((n - 2) * one), 1 + Math.Round((m - 2) * other));
        ProportionComparison got = ProportionComparison.Of(n, x, m, y, 0.05);
        ((double low, double high), (double from, double to)) = (Wilson(x / n, n), Wilson(y / m, m));
        double difference = (y / m) - (x / n);
        Near(difference - Math.Sqrt(Math.Pow((y / m) - from, 2) + Math.Pow(high - (x / n), 2)), got.Newcombe!.Value.Low);
        Near(difference + Math.Sqrt(Math.Pow(to - (y / m), 2) + Math.Pow((x / n) - low, 2)), got.Newcombe!.Value.High);
    });

    // Newcombe (1998), table II, example (a): 56/70 against 48/80, method 10 gives 0.0524 to 0.3339.
    [Fact]
    public void Newcombes_own_example_comes_out_as_printed()
    {
        (double low, double high) = ProportionComparison.Of(80, 48, 70, 56, 0.05).Newcombe!.Value;

        Assert.Equal((0.0524, 0.3339), (Math.Round(low, 4), Math.Round(high, 4)));
    }

    [Fact]
    public void The_error_of_a_ratio_is_that_of_its_linearised_users() => Gen.Select(Users, Users).Sample((control, treatment) =>
    {
        ArmComparison got = ArmComparison.OfRatios(Ratio(control), Ratio(treatment), 0.05);
        (double[] e, double[] f) = (Linearised(control), Linearised(treatment));
        Near((treatment.Sum(user => user.M) / treatment.Sum(user => user.D)) - (control.Sum(user => user.M) / control.Sum(user => user.D)), got.Difference);
        Near(Math.Sqrt(SquaredError(e) + SquaredError(f)), got.StandardError);
    });

    // The set of lifts R that the test of t − R·c = 0 does not reject: its ends are found by bisection.
    [Fact]
    public void Fiellers_ends_are_where_the_test_of_the_contrast_just_rejects() =>
        Gen.Select(Gen.Double[5, 50], Gen.Double[0.2, 90], Gen.Double[0.01, 0.9], Gen.Double[0.01, 2]).Sample((m, t, v, w) =>
        {
            const double Z = 1.959963984540054;
            FiellerInterval got = FiellerInterval.Of(m, t, v, w, Z);
            double Statistic(double ratio) => Math.Pow(t - (ratio * m), 2) - (Z * Z * (w + (ratio * ratio * v)));
            Near(Bisection.FindRoot(Statistic, (t / m) - 500, t / m, 1e-11, 200) - 1, got.Low);
            Near(Bisection.FindRoot(Statistic, t / m, (t / m) + 500, 1e-11, 200) - 1, got.High);
        });

    [Fact]
    public void Cuped_is_the_difference_of_residuals_of_one_common_slope() => Gen.Select(Users, Users).Sample((control, treatment) =>
    {
        CupedComparison got = CupedComparison.OfMeans(Covariate(control), Covariate(treatment), 0.05);
        (double M, double D)[] all = [.. control, .. treatment];
        (double x, double y) = (all.Average(user => user.D), all.Average(user => user.M));
        double spread = all.Sum(user => Math.Pow(user.D - x, 2));
        double slope = spread < 1e-9 ? 0 : all.Sum(user => (user.D - x) * (user.M - y)) / spread;
        double[] e = [.. control.Select(user => user.M - (slope * user.D))];
        double[] f = [.. treatment.Select(user => user.M - (slope * user.D))];
        Near(f.Average() - e.Average(), got.Difference);
        Near(Math.Sqrt(SquaredError(e) + SquaredError(f)), got.StandardError);
    });

    // Rejection decided rank by rank, as the papers state it, not from adjusted values.
    [Fact]
    public void Holm_steps_down_and_benjamini_hochberg_steps_up() => Gen.Select(Gen.Double[0, 0.2].Array[1, 12], Gen.Double[0.01, 0.2]).Sample((p, alpha) =>
    {
        int m = p.Length;
        double[] sorted = [.. p.Order()];
        int down = sorted.Index().TakeWhile(rank => rank.Item <= alpha / (m - rank.Index)).Count();
        int up = sorted.Index().Where(rank => rank.Item <= alpha * (rank.Index + 1) / m).Select(rank => rank.Index + 1).DefaultIfEmpty(0).Max();
        double?[] values = [.. p.Select(value => (double?)value)];
        Assert.Equal(down, MultipleTests.Holm(values, alpha).Adjusted.Count(adjusted => adjusted <= alpha));
        Assert.Equal(up, MultipleTests.BenjaminiHochberg(values, alpha).Adjusted.Count(adjusted => adjusted <= alpha));
    });

    [Fact]
    public void The_p_of_a_sample_ratio_is_the_tail_of_a_chi_square() => Gen.Select(Gen.Int[1, 4000].Array[2, 5], Gen.Int[1, 9].Array[5]).Sample((counts, weights) =>
    {
        double[] expected = [.. weights.Take(counts.Length).Select(weight => (double)weight / weights.Take(counts.Length).Sum() * counts.Sum())];
        double statistic = counts.Zip(expected, (got, due) => Math.Pow(got - due, 2) / due).Sum();
        double p = MathNet.Numerics.SpecialFunctions.GammaUpperRegularized((counts.Length - 1) / 2.0, statistic / 2);
        SampleRatioCheck got = SampleRatioCheck.Of([.. counts.Select(count => (double)count)], [.. weights.Take(counts.Length).Select(weight => (double)weight)], 0.001);
        Near(p, got.PValue);
    });

    // The mixture of likelihood ratios over N(0, τ²), integrated by the trapezium rule.
    [Fact]
    public void The_mixture_test_is_the_integral_of_likelihood_ratios() => Gen.Select(Gen.Double[-2, 2], Gen.Double[0.05, 2], Gen.Double[0.05, 2]).Sample((estimate, variance, tau2) =>
    {
        const int Steps = 20_000;
        double tau = Math.Sqrt(tau2);
        double width = 20 * tau / Steps;
        double mixed = Enumerable.Range(0, Steps + 1).Sum(i =>
        {
            double effect = (-10 * tau) + (i * width);
            return width * MathNet.Numerics.Distributions.Normal.PDF(0, tau, effect) * Math.Exp(((estimate * effect) - (effect * effect / 2)) / variance);
        });
        Near(Math.Min(1, 1 / mixed), MixtureSequentialTest.Of([estimate], [variance], tau2, 0.05).PValues[0]);
    }, iter: 40);

    // O'Brien and Fleming's boundary on simulated paths of a fair walk: each look spends what its design says, within four binomial errors.
    [Theory, InlineData(true), InlineData(false)]
    public void Simulated_walks_cross_each_boundary_as_often_as_it_spends(bool isPocock)
    {
        const int Walks = 100_000;
        double[] fractions = [0.2, 0.5, 0.7, 1];
        GroupSequentialDesign design = GroupSequentialDesign.Of(fractions, 0.05, isPocock ? SpendingFunction.Pocock : SpendingFunction.OBrienFleming, isTwoSided: true);
        SeededRandom random = new(11);
        int[] crossed = new int[fractions.Length];
        for (int walk = 0; walk < Walks; walk++)
        {
            int look = FirstCrossing(fractions, design.Bounds, random);
            if (look < crossed.Length)
            {
                crossed[look]++;
            }
        }

        double reached = 0;
        for (int look = 0; look < crossed.Length; look++)
        {
            reached += crossed[look];
            double spent = design.Spent[look];
            Assert.Equal(spent, reached / Walks, (4 * Math.Sqrt(spent * (1 - spent) / Walks)) + 1e-6);
        }
    }

    private static int FirstCrossing(double[] fractions, IReadOnlyList<double> bounds, SeededRandom random)
    {
        double position = 0;
        double before = 0;
        for (int look = 0; look < fractions.Length; look++)
        {
            double uniform = Math.Clamp(random.NextDouble(), 1e-300, 1 - 1e-16);
            position += Math.Sqrt(fractions[look] - before) * MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, uniform);
            before = fractions[look];
            if (Math.Abs(position) >= bounds[look] * Math.Sqrt(fractions[look]))
            {
                return look;
            }
        }

        return fractions.Length;
    }

    private static (double Low, double High) Wilson(double p, double n)
    {
        const double Z = 1.959963984540054;
        double Equation(double theta) => Math.Pow(p - theta, 2) - (Z * Z * theta * (1 - theta) / n);
        return (Bisection.FindRoot(Equation, 0, p, 1e-12, 200), Bisection.FindRoot(Equation, p, 1, 1e-12, 200));
    }

    private static void Near(double expected, double? got)
    {
        Assert.NotNull(got);
        Assert.True(Math.Abs(expected - got.Value) <= Tolerance * Math.Max(1, Math.Abs(expected)), $"{got} instead of {expected}");
    }

    private static double SquaredError(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => Math.Pow(value - mean, 2)) / (values.Length - 1) / values.Length;
    }

    private static double[] Linearised((double M, double D)[] users)
    {
        double ratio = users.Sum(user => user.M) / users.Sum(user => user.D);
        double size = users.Average(user => user.D);
        return [.. users.Select(user => (user.M - (ratio * user.D)) / size)];
    }

    private static ArmMean OfValues(double[] values) => ArmMean.FromValues(values);

    private static ArmRatio Ratio((double M, double D)[] users) => new(
        users.Length, users.Sum(user => user.M), users.Sum(user => user.D), users.Sum(user => user.M * user.M), users.Sum(user => user.D * user.D), users.Sum(user => user.M * user.D));

    private static ArmCovariate Covariate((double M, double D)[] users) => new(
        users.Length, users.Sum(user => user.M), users.Sum(user => user.M * user.M), users.Sum(user => user.D), users.Sum(user => user.D * user.D), users.Sum(user => user.M * user.D));
}
