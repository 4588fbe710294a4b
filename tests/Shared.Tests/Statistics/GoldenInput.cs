using System.Text.Json;
using Aisle.Statistics;
using Aisle.Statistics.Adjustment;

namespace Aisle.Tests.Statistics;

/// <summary>Reads the inputs of golden vectors as our types.</summary>
internal static class GoldenInput
{
    public static double Number(this JsonElement input, string field) => GoldenFile.Number(input.GetProperty(field))!.Value;

    public static double? NumberOrNull(this JsonElement input, string field) =>
        input.TryGetProperty(field, out JsonElement value) ? GoldenFile.Number(value) : null;

    public static double[] Numbers(this JsonElement input, string field) => [.. input.GetProperty(field).EnumerateArray().Select(value => GoldenFile.Number(value)!.Value)];

    public static string Text(this JsonElement input, string field) => input.GetProperty(field).GetString()!;

    public static bool Truth(this JsonElement input, string field) => input.GetProperty(field).GetBoolean();

    /// <summary>The snake-case word of a status.</summary>
    public static string Word(this ComparisonStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    public static ArmMean Mean(this JsonElement arm)
    {
        if (arm.TryGetProperty("raw", out _))
        {
            return ArmMean.FromValues(arm.Numbers("raw"));
        }

        return arm.TryGetProperty("sum", out _)
            ? ArmMean.FromSums(arm.Number("n"), arm.Number("sum"), arm.Number("sum_squares"))
            : ArmMean.FromMoments(arm.Number("n"), arm.NumberOrNull("mean") ?? 0, arm.NumberOrNull("variance") ?? 0);
    }

    public static ArmRatio Ratio(this JsonElement arm)
    {
        if (!arm.TryGetProperty("raw_m", out _))
        {
            return new ArmRatio(arm.Number("n"), arm.Number("sum_m"), arm.Number("sum_d"), arm.Number("sum_m2"), arm.Number("sum_d2"), arm.Number("sum_md"));
        }

        double[] m = arm.Numbers("raw_m");
        double[] d = arm.Numbers("raw_d");
        return new ArmRatio(m.Length, m.Sum(), d.Sum(), m.Sum(x => x * x), d.Sum(x => x * x), m.Zip(d, (x, y) => x * y).Sum());
    }

    public static ArmCovariate Covariate(this JsonElement arm) => new(
        arm.Number("n"), arm.Number("sum_y"), arm.Number("sum_y2"), arm.Number("sum_x"), arm.Number("sum_x2"), arm.Number("sum_xy"));

    public static ArmRatioCovariate RatioCovariate(this JsonElement arm)
    {
        double n = arm.Number("n");
        return new ArmRatioCovariate(
            n,
            new ArmRatio(n, arm.Number("sum_my"), arm.Number("sum_dy"), arm.Number("sum_my_my"), arm.Number("sum_dy_dy"), arm.Number("sum_my_dy")),
            new ArmRatio(n, arm.Number("sum_mx"), arm.Number("sum_dx"), arm.Number("sum_mx_mx"), arm.Number("sum_dx_dx"), arm.Number("sum_mx_dx")),
            arm.Number("sum_my_mx"), arm.Number("sum_my_dx"), arm.Number("sum_dy_mx"), arm.Number("sum_dy_dx"));
    }
}
