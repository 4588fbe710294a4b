using System.Text.Json;
using Aisle.Experiments;

namespace Aisle.Tests.Experiments;

public sealed class ArmComparisonTests
{
    [Fact]
    public void Welch_vectors_are_reproduced()
    {
        JsonElement file = GoldenFile.Load("welch");
        foreach (JsonElement vector in file.GetProperty("cases").EnumerateArray().Where(IsTwoSided))
        {
            JsonElement input = vector.GetProperty("input");
            ArmComparison got = ArmComparison.OfMeans(
                Mean(input.GetProperty("control")), Mean(input.GetProperty("treatment")), input.GetProperty("alpha").GetDouble());

            HoldsStatus(vector, got.Status);
            GoldenFile.Holds(file, vector, "mean_control", got.Control);
            GoldenFile.Holds(file, vector, "mean_treatment", got.Treatment);
            HoldsTest(file, vector, got, "t", "p_value", "ci_low", "ci_high");
        }
    }

    [Fact]
    public void Ratio_vectors_are_reproduced()
    {
        JsonElement file = GoldenFile.Load("ratio_delta");
        foreach (JsonElement vector in file.GetProperty("cases").EnumerateArray())
        {
            JsonElement input = vector.GetProperty("input");
            ArmComparison got = ArmComparison.OfRatios(
                Ratio(input.GetProperty("control")), Ratio(input.GetProperty("treatment")), input.GetProperty("alpha").GetDouble());

            HoldsStatus(vector, got.Status);
            GoldenFile.Holds(file, vector, "ratio_control", got.Control);
            GoldenFile.Holds(file, vector, "ratio_treatment", got.Treatment);
            HoldsTest(file, vector, got, "z", "p_value_t", "ci_t_low", "ci_t_high");
        }
    }

    [Fact]
    public void Sample_ratio_vectors_are_reproduced()
    {
        JsonElement file = GoldenFile.Load("srm");
        foreach (JsonElement vector in file.GetProperty("cases").EnumerateArray())
        {
            JsonElement input = vector.GetProperty("input");
            SampleRatioCheck got = SampleRatioCheck.Of(Numbers(input, "counts"), Numbers(input, "weights"), input.GetProperty("threshold").GetDouble());

            HoldsStatus(vector, got.Status);
            GoldenFile.Holds(file, vector, "p_value", got.PValue);
            GoldenFile.Holds(file, vector, "chi2", got.ChiSquare);
        }
    }

    [Fact]
    public void The_interval_of_the_lift_excludes_zero_exactly_when_the_test_rejects()
    {
        foreach (JsonElement vector in GoldenFile.Load("welch").GetProperty("cases").EnumerateArray().Where(IsTwoSided))
        {
            JsonElement input = vector.GetProperty("input");
            double alpha = input.GetProperty("alpha").GetDouble();
            ArmComparison got = ArmComparison.OfMeans(Mean(input.GetProperty("control")), Mean(input.GetProperty("treatment")), alpha);
            if (got is { LiftLow: { } low, LiftHigh: { } high, PValue: { } p })
            {
                Assert.Equal(p < alpha, low > 0 || high < 0);
            }
        }
    }

    [Fact]
    public void Sums_of_whole_numbers_give_the_same_as_the_values()
    {
        double[] values = [0, 0, 1999, 4599, 0, -1999];

        ArmMean exact = ArmMean.FromExactSums(6, 4599, (2 * 1999 * 1999) + (4599 * 4599));
        ArmMean direct = ArmMean.FromValues(values);

        Assert.Equal(direct.Mean!.Value, exact.Mean!.Value, 1e-12);
        Assert.Equal(direct.Variance!.Value, exact.Variance!.Value, 1e-6);
    }

    private static bool IsTwoSided(JsonElement vector) => vector.GetProperty("input").GetProperty("alternative").GetString() == "two_sided";

    private static void HoldsStatus(JsonElement vector, ComparisonStatus got)
    {
        string expected = vector.GetProperty("expected").GetProperty("status").GetString()!;
        Assert.True(expected.Replace("_", "", StringComparison.Ordinal).Equals(got.ToString(), StringComparison.OrdinalIgnoreCase), $"{vector.GetProperty("id")}: {expected}, got {got}");
    }

    private static void HoldsTest(JsonElement file, JsonElement vector, ArmComparison got, string statistic, string p, string low, string high)
    {
        GoldenFile.Holds(file, vector, "diff", got.Difference);
        GoldenFile.Holds(file, vector, "se", got.StandardError);
        GoldenFile.Holds(file, vector, statistic, got.Statistic);
        GoldenFile.Holds(file, vector, "df", got.DegreesOfFreedom);
        GoldenFile.Holds(file, vector, p, got.PValue);
        GoldenFile.Holds(file, vector, low, got.Low);
        GoldenFile.Holds(file, vector, high, got.High);
    }

    private static ArmMean Mean(JsonElement arm)
    {
        if (arm.TryGetProperty("raw", out JsonElement raw))
        {
            return ArmMean.FromValues([.. raw.EnumerateArray().Select(value => GoldenFile.Number(value)!.Value)]);
        }

        double count = Number(arm, "n");
        return arm.TryGetProperty("sum", out _)
            ? ArmMean.FromSums(count, Number(arm, "sum"), Number(arm, "sum_squares"))
            : new ArmMean((long)count, Number(arm, "mean"), Number(arm, "variance"), 0);
    }

    private static ArmRatio Ratio(JsonElement arm)
    {
        if (!arm.TryGetProperty("raw_m", out JsonElement m) || !arm.TryGetProperty("raw_d", out JsonElement d))
        {
            return new ArmRatio(Number(arm, "n"), Number(arm, "sum_m"), Number(arm, "sum_d"), Number(arm, "sum_m2"), Number(arm, "sum_d2"), Number(arm, "sum_md"));
        }

        double[] numerators = [.. m.EnumerateArray().Select(value => value.GetDouble())];
        double[] denominators = [.. d.EnumerateArray().Select(value => value.GetDouble())];
        return new ArmRatio(
            numerators.Length, numerators.Sum(), denominators.Sum(), numerators.Sum(x => x * x), denominators.Sum(x => x * x),
            numerators.Zip(denominators, (x, y) => x * y).Sum());
    }

    private static double[] Numbers(JsonElement input, string field) =>
        [.. input.GetProperty(field).EnumerateArray().Select(value => GoldenFile.Number(value)!.Value)];

    private static double Number(JsonElement arm, string field) => GoldenFile.Number(arm.GetProperty(field))!.Value;
}
