using System.Text.Json;
using Aisle.Statistics;
using Aisle.Statistics.Coverage;
using Aisle.Statistics.Lift;
using Aisle.Statistics.Quantiles;
using Aisle.Statistics.Sequential;
using Fields = System.Collections.Generic.Dictionary<string, object?>;

namespace Aisle.Tests.Statistics;

/// <summary>A whole report from raw users, section by section, against the independently computed one.</summary>
public sealed class EndToEndTests
{
    private static readonly string[] Sections = ["srm", "revenue_per_user", "conversion", "ctr", "average_order_value", "revenue_per_user_cuped", "ctr_cuped"];

    public static TheoryData<string> Folders { get; } = [.. GoldenFolders.Experiments];

    [Theory, MemberData(nameof(Folders))]
    public void Every_section_is_reproduced(string folder)
    {
        GoldenFile? file = GoldenFile.Load(folder, "end_to_end");
        Assert.SkipWhen(file is null, $"{folder} has no end_to_end.json.");
        JsonElement root = file!.Root;

        string[] differences = [.. file.Differences(root, Report(root))];

        Assert.True(differences.Length == 0, string.Join(Environment.NewLine, differences));
        Assert.All(Sections, section => Assert.True(root.GetProperty("expected").TryGetProperty(section, out _)));
    }

    private static Fields Report(JsonElement root)
    {
        double alpha = root.GetProperty("experiment").Number("alpha");
        JsonElement[] users = [.. root.GetProperty("users").EnumerateArray()];
        Arm control = new([.. users.Where(user => user.Text("group").StartsWith("control", StringComparison.Ordinal))]);
        Arm treatment = new([.. users.Where(user => !user.Text("group").StartsWith("control", StringComparison.Ordinal))]);
        ArmComparison revenue = ArmComparison.OfMeans(control.Revenue, treatment.Revenue, alpha);
        ProportionComparison conversion = ProportionComparison.Of(control.Count, control.Buyers, treatment.Count, treatment.Buyers, alpha);
        RatioComparison ctr = RatioComparison.Of(control.Clicks, treatment.Clicks, alpha);
        RatioComparison orderValue = RatioComparison.Of(control.OrderValue, treatment.OrderValue, alpha);
        double?[] family = [revenue.PValue, conversion.PooledPValue, ctr.Test.PValue, orderValue.Test.PValue];
        RelativeLift lift = RelativeLift.Of(control.Revenue, treatment.Revenue, alpha);
        return new Fields
        {
            ["status"] = "ok",
            ["srm"] = Fields(new { counts = new[] { control.Count, treatment.Count }, weights = root.GetProperty("experiment").Numbers("weights"), threshold = 0.001 }, GoldenMethods.SampleRatio),
            ["revenue_per_user"] = Pair(control.RevenueFields, treatment.RevenueFields, alpha, GoldenMethods.Welch),
            ["revenue_per_user_lift"] = Pair(control.RevenueFields, treatment.RevenueFields, alpha, GoldenMethods.Lift),
            ["revenue_per_user_capped_p99"] = Capped(control, treatment, alpha),
            ["revenue_per_user_cuped"] = Pair(control.CovariateFields, treatment.CovariateFields, alpha, GoldenMethods.Cuped),
            ["conversion"] = Pair(control.ConversionFields, treatment.ConversionFields, alpha, GoldenMethods.TwoProportion),
            ["ctr"] = Pair(Arm.RatioFields(control.Clicks), Arm.RatioFields(treatment.Clicks), alpha, GoldenMethods.RatioDelta),
            ["ctr_cuped"] = Pair(control.RatioCovariateFields, treatment.RatioCovariateFields, alpha, GoldenMethods.CupedRatio),
            ["average_order_value"] = Pair(Arm.RatioFields(control.OrderValue), Arm.RatioFields(treatment.OrderValue), alpha, GoldenMethods.RatioDelta),
            ["bounce_rate_non_inferiority"] = Bounces(control, treatment),
            ["page_load_p95"] = PageLoads(control, treatment, alpha),
            ["catalogue_coverage"] = Coverage(control, treatment, (long)root.GetProperty("experiment").Number("catalogue_size")),
            ["goal_family"] = new Fields
            {
                ["order"] = new[] { "revenue_per_user", "conversion", "ctr", "average_order_value" },
                ["p_values"] = family,
                ["holm"] = Family(MultipleTests.Holm(family, alpha)),
                ["bh"] = Family(MultipleTests.BenjaminiHochberg(family, alpha)),
            },
            ["revenue_lift_sequential"] = Sequential(lift, control.Count + treatment.Count, alpha),
        };
    }

    private static Fields Sequential(RelativeLift lift, double users, double alpha)
    {
        ConfidenceSequence got = ConfidenceSequence.At(lift.Lift!.Value, lift.StandardError!.Value, users, alpha, 5_000, true);
        return new Fields { ["tuning_n"] = 5_000, ["halfwidth"] = got.HalfWidth, ["ci_low"] = got.Low, ["ci_high"] = got.High };
    }

    private static Fields Capped(Arm control, Arm treatment, double alpha)
    {
        WinsorizedArms capped = WinsorizedArms.AtQuantiles(control.Revenues, treatment.Revenues, 0.99, null, false);
        ArmComparison got = ArmComparison.OfMeans(MeanOf(capped.Control!), MeanOf(capped.Treatment!), alpha);
        return new Fields
        {
            ["upper_cap"] = capped.Upper,
            ["mean_control"] = got.Control,
            ["mean_treatment"] = got.Treatment,
            ["diff"] = got.Difference,
            ["se"] = got.StandardError,
            ["df"] = got.DegreesOfFreedom,
            ["p_value"] = got.PValue,
        };
    }

    private static ArmMean MeanOf(CappedArm arm) => ArmMean.FromSums(arm.Count, arm.Sum, arm.SumOfSquares);

    private static Fields Bounces(Arm control, Arm treatment)
    {
        NonInferiority got = NonInferiority.Of(control.Bounces.Linearised(), treatment.Bounces.Linearised(), 0.05, true, false, 0.05);
        return new Fields
        {
            ["relative_margin"] = 0.05,
            ["ratio_control"] = control.Bounces.Linearised().Mean,
            ["ratio_treatment"] = treatment.Bounces.Linearised().Mean,
            ["se_contrast"] = got.ContrastError,
            ["z"] = got.ContrastStatistic,
            ["p_value"] = got.ContrastPValue,
            ["non_inferior_at_0.05"] = got.ContrastPValue < 0.05,
        };
    }

    private static Fields PageLoads(Arm control, Arm treatment, double alpha)
    {
        (Fields controlFields, ArmQuantile baseline, double baselineEffect) = PageLoad(control, alpha);
        (Fields treatmentFields, ArmQuantile judged, double judgedEffect) = PageLoad(treatment, alpha);
        QuantileComparison got = QuantileComparison.Of(baseline, baselineEffect, judged, judgedEffect, alpha);
        return new Fields
        {
            ["control"] = controlFields,
            ["treatment"] = treatmentFields,
            ["diff_ms"] = got.Difference,
            ["se"] = got.StandardError,
            ["z"] = got.Statistic,
            ["p_value"] = got.PValue,
        };
    }

    private static (Fields Fields, ArmQuantile Quantile, double Effect) PageLoad(Arm arm, double alpha)
    {
        ArmQuantile quantile = ArmQuantile.Of([.. arm.PageLoads.SelectMany(loads => loads).Order()], 0.95, alpha);
        double effect = ClusteredShare.Of(GoldenMethods.SumsOf(arm.PageLoads, quantile.Value!.Value), 0.95)!.DesignEffect!.Value;
        return (
            new Fields
            {
                ["n_events"] = quantile.Count,
                ["p95"] = quantile.Value,
                ["lower_rank"] = quantile.OuterLowerRank,
                ["upper_rank"] = quantile.OuterUpperRank,
                ["se_iid"] = quantile.StandardError,
                ["design_effect"] = effect,
                ["se_clustered"] = quantile.StandardError * Math.Sqrt(effect),
            },
            quantile,
            effect);
    }

    private static Fields Coverage(Arm control, Arm treatment, long catalogue)
    {
        CoverageComparison got = CoverageComparison.Of(control.Impressions, treatment.Impressions, catalogue);
        return new Fields
        {
            ["catalogue_size"] = catalogue,
            ["impressions_control"] = got.ImpressionsControl,
            ["impressions_treatment"] = got.ImpressionsTreatment,
            ["coverage_control"] = got.ShareControl,
            ["coverage_treatment"] = got.ShareTreatment,
            ["rarefied_at"] = got.RarefiedAt,
            ["rarefied_coverage_control"] = got.RarefiedControl / catalogue,
            ["rarefied_coverage_treatment"] = got.RarefiedTreatment / catalogue,
        };
    }

    private static Fields Family(MultipleTests got) =>
        new() { ["status"] = got.Status.Word(), ["m"] = got.Count, ["p_adjusted"] = got.Adjusted, ["reject"] = got.Rejected };

    private static Fields Pair(object control, object treatment, double alpha, Func<JsonElement, Fields> method) =>
        Fields(new { control, treatment, alpha, alternative = "two_sided", metric_kind = "mean" }, method);

    private static Fields Fields(object input, Func<JsonElement, Fields> method) => method(JsonSerializer.SerializeToElement(input));

    private sealed class Arm(JsonElement[] users)
    {
        public double Count => users.Length;

        public double[] Revenues { get; } = [.. users.Select(user => user.Number("revenue"))];

        public ArmMean Revenue => ArmMean.FromValues(Revenues);

        public double Buyers => users.Count(user => user.Number("orders") > 0);

        public ArmRatio Clicks => Ratio("clicks", "sessions");

        public ArmRatio OrderValue => Ratio("revenue", "orders");

        public ArmRatio Bounces => Ratio("bounced_sessions", "sessions");

        public double[][] PageLoads { get; } = [.. users.Select(user => user.Numbers("page_load_ms"))];

        public long[] Impressions => [.. users.SelectMany(user => user.Numbers("recommended_items")).GroupBy(item => item).Select(item => (long)item.Count())];

        public object RevenueFields => new { raw = Revenues };

        public object ConversionFields => new { n = Count, conversions = Buyers };

        public object CovariateFields => new
        {
            n = Count,
            sum_y = Sum("revenue"),
            sum_y2 = Sum("revenue", "revenue"),
            sum_x = Sum("pre_revenue"),
            sum_x2 = Sum("pre_revenue", "pre_revenue"),
            sum_xy = Sum("revenue", "pre_revenue"),
        };

        public object RatioCovariateFields => new
        {
            n = Count,
            sum_my = Sum("clicks"),
            sum_dy = Sum("sessions"),
            sum_mx = Sum("pre_clicks"),
            sum_dx = Sum("pre_sessions"),
            sum_my_my = Sum("clicks", "clicks"),
            sum_my_dy = Sum("clicks", "sessions"),
            sum_my_mx = Sum("clicks", "pre_clicks"),
            sum_my_dx = Sum("clicks", "pre_sessions"),
            sum_dy_dy = Sum("sessions", "sessions"),
            sum_dy_mx = Sum("sessions", "pre_clicks"),
            sum_dy_dx = Sum("sessions", "pre_sessions"),
            sum_mx_mx = Sum("pre_clicks", "pre_clicks"),
            sum_mx_dx = Sum("pre_clicks", "pre_sessions"),
            sum_dx_dx = Sum("pre_sessions", "pre_sessions"),
        };

        public static object RatioFields(ArmRatio ratio) => new
        {
            n = ratio.Count,
            sum_m = ratio.SumNumerator,
            sum_d = ratio.SumDenominator,
            sum_m2 = ratio.SumNumeratorSquared,
            sum_d2 = ratio.SumDenominatorSquared,
            sum_md = ratio.SumProduct,
        };

        private ArmRatio Ratio(string m, string d) => new(Count, Sum(m), Sum(d), Sum(m, m), Sum(d, d), Sum(m, d));

        private double Sum(string field) => users.Sum(user => user.Number(field));

        private double Sum(string one, string other) => users.Sum(user => user.Number(one) * user.Number(other));
    }
}
