using System.Text.Json;
using Aisle.Statistics;
using Aisle.Statistics.Adjustment;
using Aisle.Statistics.Lift;
using Aisle.Statistics.Planning;
using Aisle.Statistics.SampleRatio;
using Aisle.Statistics.Sequential;
using Fields = System.Collections.Generic.Dictionary<string, object?>;

namespace Aisle.Tests.Statistics;

/// <summary>Our answer to each golden method's input, under the names that its file uses.</summary>
internal static partial class GoldenMethods
{
    public static IReadOnlyDictionary<string, Func<JsonElement, Fields>> All { get; } = new Dictionary<string, Func<JsonElement, Fields>>
    {
        ["welch"] = Welch,
        ["ratio_delta"] = RatioDelta,
        ["two_proportion"] = TwoProportion,
        ["relative_lift"] = Lift,
        ["cuped"] = Cuped,
        ["cuped_ratio"] = CupedRatio,
        ["srm"] = SampleRatio,
        ["srm_sequential"] = SequentialRatio,
        ["holm"] = input => Family(input, MultipleTests.Holm),
        ["bh"] = input => Family(input, MultipleTests.BenjaminiHochberg),
        ["power"] = Power,
        ["sequential_cs"] = Sequence,
        ["msprt"] = Mixture,
        ["group_sequential"] = GroupSequential,
        ["non_inferiority"] = Guardrail,
        ["winsorize"] = Winsorized,
        ["quantile"] = Quantile,
        ["buckets"] = Buckets,
        ["coverage"] = Coverage,
        ["bayesian_lift"] = Bayesian,
    };

    public static Fields Welch(JsonElement input)
    {
        ArmMean control = input.GetProperty("control").Mean();
        ArmMean treatment = input.GetProperty("treatment").Mean();
        Alternative alternative = input.Text("alternative") switch { "greater" => Alternative.Greater, "less" => Alternative.Less, _ => Alternative.TwoSided };
        ArmComparison got = ArmComparison.OfMeans(control, treatment, input.Number("alpha"), alternative);
        bool isValid = got.Status != ComparisonStatus.InvalidInput;
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["mean_control"] = got.Control,
            ["mean_treatment"] = got.Treatment,
            ["var_control"] = isValid ? control.Variance : null,
            ["var_treatment"] = isValid ? treatment.Variance : null,
            ["diff"] = got.Difference,
            ["se"] = got.StandardError,
            ["t"] = got.Statistic,
            ["df"] = got.DegreesOfFreedom,
            ["p_value"] = got.PValue,
            ["ci_low"] = got.Low,
            ["ci_high"] = got.High,
        };
    }

    public static Fields RatioDelta(JsonElement input)
    {
        ArmRatio control = input.GetProperty("control").Ratio();
        ArmRatio treatment = input.GetProperty("treatment").Ratio();
        RatioComparison got = RatioComparison.Of(control, treatment, input.Number("alpha"));
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["ratio_control"] = got.Test.Control,
            ["ratio_treatment"] = got.Test.Treatment,
            ["unit_var_control"] = got.VarianceControl,
            ["unit_var_treatment"] = got.VarianceTreatment,
            ["se_control"] = got.ErrorControl,
            ["se_treatment"] = got.ErrorTreatment,
            ["diff"] = got.Test.Difference,
            ["se"] = got.Test.StandardError,
            ["z"] = got.Test.Statistic,
            ["p_value_z"] = got.NormalPValue,
            ["ci_z_low"] = got.Normal?.Low,
            ["ci_z_high"] = got.Normal?.High,
            ["df"] = got.Test.DegreesOfFreedom,
            ["p_value_t"] = got.Test.PValue,
            ["ci_t_low"] = got.Test.Low,
            ["ci_t_high"] = got.Test.High,
        };
    }

    public static Fields TwoProportion(JsonElement input)
    {
        JsonElement control = input.GetProperty("control");
        JsonElement treatment = input.GetProperty("treatment");
        ProportionComparison got = ProportionComparison.Of(
            control.Number("n"), control.Number("conversions"), treatment.Number("n"), treatment.Number("conversions"), input.Number("alpha"));
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["p_control"] = got.Control,
            ["p_treatment"] = got.Treatment,
            ["diff"] = got.Difference,
            ["z_pooled"] = got.PooledStatistic,
            ["p_value_pooled"] = got.PooledPValue,
            ["se_unpooled"] = got.StandardError,
            ["z_unpooled"] = got.Statistic,
            ["p_value_unpooled"] = got.PValue,
            ["wald_low"] = got.Wald?.Low,
            ["wald_high"] = got.Wald?.High,
            ["newcombe_low"] = got.Newcombe?.Low,
            ["newcombe_high"] = got.Newcombe?.High,
            ["agresti_caffo_low"] = got.AgrestiCaffo?.Low,
            ["agresti_caffo_high"] = got.AgrestiCaffo?.High,
        };
    }

    public static Fields Lift(JsonElement input)
    {
        JsonElement control = input.GetProperty("control");
        JsonElement treatment = input.GetProperty("treatment");
        double alpha = input.Number("alpha");
        RelativeLift got = input.Text("metric_kind") switch
        {
            "ratio" => RelativeLift.Of(control.Ratio(), treatment.Ratio(), alpha),
            "proportion" => RelativeLift.Of(Proportion(control), Proportion(treatment), alpha),
            _ => RelativeLift.Of(control.Mean(), treatment.Mean(), alpha),
        };
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["lift"] = got.Lift,
            ["se_delta"] = got.StandardError,
            ["ci_delta_low"] = got.Delta?.Low,
            ["ci_delta_high"] = got.Delta?.High,
            ["p_value_delta_t"] = got.DeltaPValue,
            ["ci_delta_t_low"] = got.DeltaT?.Low,
            ["ci_delta_t_high"] = got.DeltaT?.High,
            ["fieller_kind"] = got.Fieller?.Kind is { } kind ? JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()) : null,
            ["fieller_g"] = got.Fieller?.G,
            ["fieller_low"] = got.Fieller?.Low,
            ["fieller_high"] = got.Fieller?.High,
            ["log_ratio"] = got.LogRatio,
            ["se_log_ratio"] = got.LogRatioError,
            ["ci_log_low"] = got.Log?.Low,
            ["ci_log_high"] = got.Log?.High,
        };
    }

    public static Fields Cuped(JsonElement input)
    {
        CupedComparison got = CupedComparison.OfMeans(
            input.GetProperty("control").Covariate(), input.GetProperty("treatment").Covariate(), input.Number("alpha"));
        return new Fields(CupedFields(got))
        {
            ["mean_control_unadjusted"] = got.Control,
            ["mean_treatment_unadjusted"] = got.Treatment,
            ["adj_mean_control"] = got.AdjustedControl,
            ["adj_mean_treatment"] = got.AdjustedTreatment,
            ["adj_var_control"] = got.AdjustedVarianceControl,
            ["adj_var_treatment"] = got.AdjustedVarianceTreatment,
            ["se_lift_growthbook"] = got.LiftError,
            ["se_lift_full_delta"] = got.LiftErrorFull,
        };
    }

    public static Fields CupedRatio(JsonElement input)
    {
        CupedComparison got = CupedComparison.OfRatios(
            input.GetProperty("control").RatioCovariate(), input.GetProperty("treatment").RatioCovariate(), input.Number("alpha"));
        return new Fields(CupedFields(got))
        {
            ["ratio_control"] = got.Control,
            ["ratio_treatment"] = got.Treatment,
            ["pre_ratio_control"] = got.ControlBefore,
            ["pre_ratio_treatment"] = got.TreatmentBefore,
            ["adj_control"] = got.AdjustedControl,
            ["adj_treatment"] = got.AdjustedTreatment,
            ["adj_unit_var_control"] = got.AdjustedVarianceControl,
            ["adj_unit_var_treatment"] = got.AdjustedVarianceTreatment,
            ["se_lift"] = got.LiftError,
        };
    }

    private static Fields CupedFields(CupedComparison got) => new()
    {
        ["status"] = got.Status.Word(),
        ["theta"] = got.Theta,
        ["diff_unadjusted"] = got.DifferenceUnadjusted,
        ["se_unadjusted"] = got.StandardErrorUnadjusted,
        ["diff"] = got.Difference,
        ["se"] = got.StandardError,
        ["t"] = got.Statistic,
        ["df"] = got.DegreesOfFreedom,
        ["p_value"] = got.PValue,
        ["ci_low"] = got.Low,
        ["ci_high"] = got.High,
        ["variance_reduction"] = got.VarianceReduction,
        ["lift"] = got.Lift,
    };

    public static Fields SampleRatio(JsonElement input)
    {
        SampleRatioCheck got = SampleRatioCheck.Of(input.Numbers("counts"), input.Numbers("weights"), input.Number("threshold"));
        bool isOk = got.Status == ComparisonStatus.Ok;
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["chi2"] = got.ChiSquare,
            ["df"] = isOk ? input.Numbers("weights").Count(weight => weight > 0) - 1 : null,
            ["p_value"] = got.PValue,
            ["mismatch"] = isOk ? got.IsMismatch : null,
            ["expected"] = got.Expected,
            ["unexpected_traffic"] = got.Status == ComparisonStatus.InvalidInput ? null : got.HasUnexpectedTraffic,
        };
    }

    public static Fields SequentialRatio(JsonElement input)
    {
        SequentialSampleRatio got = SequentialSampleRatio.Of(
            [.. input.GetProperty("cumulative_counts").EnumerateArray().Select(look => look.EnumerateArray().Select(count => count.GetDouble()).ToArray())],
            input.Numbers("weights"), input.Number("concentration"));
        return new Fields { ["status"] = got.Status.Word(), ["log_bayes_factor"] = got.LogBayesFactors, ["p_value_path"] = got.PValues };
    }

    private static Fields Family(JsonElement input, Func<IReadOnlyList<double?>, double, MultipleTests> correct)
    {
        MultipleTests got = correct([.. input.GetProperty("p_values").EnumerateArray().Select(GoldenFile.Number)], input.Number("alpha"));
        return new Fields { ["status"] = got.Status.Word(), ["m"] = got.Count, ["p_adjusted"] = got.Adjusted, ["reject"] = got.Rejected };
    }

    private static Fields Power(JsonElement input)
    {
        SampleSizePlan plan = new(
            input.Number("relative_mde"), input.Number("alpha"), input.Number("power"), input.Number("allocation_ratio"),
            input.Number("sides") == 2, input.NumberOrNull("daily_users"), (int)input.Number("arms"));
        SampleSize got = input.Text("metric_kind") == "proportion"
            ? SampleSize.OfProportion(input.Number("baseline"), plan)
            : SampleSize.OfMean(input.Number("baseline"), input.NumberOrNull("sd") ?? double.NaN, plan);
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["n_control"] = got.Control,
            ["n_control_ceil"] = got.ControlUsers,
            ["n_treatment_ceil"] = got.TreatmentUsers,
            ["n_control_pooled"] = got.ControlPooled,
            ["cohen_h"] = got.CohenH,
            ["n_control_arcsine"] = got.ControlArcsine,
            ["power_at_n"] = got.Power,
            ["mde_abs_at_n"] = got.SmallestDifference,
            ["mde_rel_at_n"] = got.SmallestLift,
            ["power_lift_delta_at_n"] = got.LiftPower,
            ["total_users"] = got.TotalUsers,
            ["days_for_traffic"] = got.Days,
            ["days_rounded_to_weeks_min_14"] = got.WholeWeekDays,
        };
    }

    private static Fields Sequence(JsonElement input)
    {
        bool isTwoSided = input.Number("sides") == 2;
        ConfidenceSequence got = ConfidenceSequence.At(
            input.Number("estimate"), input.Number("se"), input.Number("n_total"), input.Number("alpha"), input.Number("tuning_n"), isTwoSided);
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["rho"] = got.Rho,
            ["halfwidth"] = got.HalfWidth,
            ["ci_low"] = got.Low,
            ["ci_high"] = got.High,
            ["lower_bound"] = got.Low,
            ["upper_bound"] = got.High,
            ["p_value"] = got.PValue,
            ["width_ratio_to_fixed_z"] = got.WidthRatio,
        };
    }

    private static Fields Mixture(JsonElement input)
    {
        MixtureSequentialTest got = MixtureSequentialTest.Of(
            input.Numbers("estimates"), input.Numbers("variances_of_estimate"), input.Number("tau2"), input.Number("alpha"));
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["p_value_path"] = got.PValues,
            ["ci_low"] = got.Intervals.Select(interval => interval.Low),
            ["ci_high"] = got.Intervals.Select(interval => interval.High),
        };
    }

    private static Fields GroupSequential(JsonElement input)
    {
        SpendingFunction spending = input.Text("spending") switch
        {
            "pocock" => SpendingFunction.Pocock,
            "power" => SpendingFunction.Power(input.Number("rho")),
            _ => SpendingFunction.OBrienFleming,
        };
        GroupSequentialDesign got = GroupSequentialDesign.Of(input.Numbers("information_fractions"), input.Number("alpha"), spending, input.Number("sides") == 2);
        return new Fields { ["status"] = "ok", ["z_bounds"] = got.Bounds, ["cumulative_alpha"] = got.Spent, ["nominal_p"] = got.NominalPValues };
    }
}
